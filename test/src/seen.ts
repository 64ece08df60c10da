import { holds, type Oracle, ruleOf, type Viewing } from './oracle.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

interface Found {
  object: Json;
  /** The object it hangs on. */
  above?: Json | undefined;
}

function* objectsIn(value: unknown, above?: Json): Generator<Found> {
  if (Array.isArray(value)) for (const each of value) yield* objectsIn(each, above);
  else if (isObject(value)) {
    yield { object: value, above };
    for (const each of Object.values(value)) yield* objectsIn(each, value);
  }
}

/** An object that carries data of its own, not only the key that another row of the viewer's names. */
const tells = (object: Json) =>
  Object.entries(object).some(
    ([name, value]) => name !== '__typename' && name !== 'id' && value !== null && !isObject(value) && !Array.isArray(value),
  );

/** A revision, in a history or in a feed: of the viewer's slice, of the organisation's own file, of what is shared with the partner. */
function maySeeRevision(viewer: Viewing, { object, above }: Found, oracle: Oracle): boolean {
  const { entity, entityId = above?.id, divisionCode } = object as Record<string, string>;
  const type = entity ? ruleOf(entity) : (above?.__typename as string);
  switch (viewer.role) {
    case 'ORGANISATION':
      return entityId === viewer.organisation && (divisionCode === undefined || holds(viewer.division, divisionCode));
    case 'PARTNER':
      return type !== undefined && oracle.maySee(viewer, type, String(entityId)) === true;
    case 'SERVICE':
      return ['organisation', 'branch', 'committee', 'person'].includes(entity!);
    default:
      return divisionCode !== undefined && holds(viewer.division, divisionCode);
  }
}

const revisions = ['HistoryEntry', 'Change'];

/** Rows and revisions in an answer that the viewer may not see, and how many there were. A type the oracle does not know counts as foreign. */
export function foreignRows(data: unknown, viewer: Viewing, oracle: Oracle) {
  const foreign: { type: string; id: string }[] = [];
  let seen = 0;
  for (const found of objectsIn(data)) {
    const { __typename: type, id, code } = found.object as { __typename?: string; id?: string; code?: string };
    if (!type || !tells(found.object)) continue;
    const key = id ?? (type === 'Division' ? code : undefined);
    if (!key && !revisions.includes(type)) continue;
    seen++;
    const may = key ? oracle.maySee(viewer, type, key) === true : maySeeRevision(viewer, found, oracle);
    if (!may) foreign.push({ type, id: key ?? JSON.stringify(found.object) });
  }
  return { foreign, seen };
}

/** Names and phones of people that are not masked. */
export function unmaskedPersonal(data: unknown): Json[] {
  const people = [...objectsIn(data)].map(({ object }) => object).filter(object => object.__typename === 'Person');
  return people.filter(object => {
    const { name, phone } = { name: object.name ?? object.uPerson_name, phone: object.phone ?? object.uPerson_phone };
    return (typeof name === 'string' && !name.includes('*')) || (typeof phone === 'string' && !phone.includes('*'));
  });
}
