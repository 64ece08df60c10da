import type { Oracle, Viewing } from './oracle.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function* objectsIn(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const each of value) yield* objectsIn(each);
  else if (isObject(value)) {
    yield value;
    for (const each of Object.values(value)) yield* objectsIn(each);
  }
}

/** An object that carries data of its own, not only the key that another row of the viewer's names. */
const tells = (object: Json) =>
  Object.entries(object).some(
    ([name, value]) => name !== '__typename' && name !== 'id' && value !== null && !isObject(value) && !Array.isArray(value),
  );

/** Rows in an answer that the viewer may not see, and how many rows there were. A type the oracle does not know counts as foreign. */
export function foreignRows(data: unknown, viewer: Viewing, oracle: Oracle) {
  const foreign: { type: string; id: string }[] = [];
  let seen = 0;
  for (const object of objectsIn(data)) {
    const { __typename: type, id } = object as { __typename?: string; id?: string };
    if (!type || !id || type === 'ImportBatch' || !tells(object)) continue;
    seen++;
    if (oracle.maySee(viewer, type, id) !== true) foreign.push({ type, id });
  }
  return { foreign, seen };
}

/** Names and phones of people that are not masked. */
export function unmaskedPersonal(data: unknown): Json[] {
  return [...objectsIn(data)].filter(object => {
    if (object.__typename !== 'Person') return false;
    const { name, phone } = { name: object.name ?? object.uPerson_name, phone: object.phone ?? object.uPerson_phone };
    return (typeof name === 'string' && !name.includes('*')) || (typeof phone === 'string' && !phone.includes('*'));
  });
}
