import { choose } from './dice.ts';

export const alterationKinds = ['silentNull', 'leaf', 'typename', 'form'] as const;

/** A change of an answer that graphql-js would never make: what a subgraph of another build, or a faulty one, says. */
export interface Alteration {
  kind: (typeof alterationKinds)[number];
  path: readonly (string | number)[];
  /** Decides among the changes of a kind. */
  word: string;
}

/** Applies the change where the answer got that far. */
export function alter(data: Record<string, any> | null | undefined, { kind, path, word }: Alteration): void {
  const last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce<any>((value, step) => value?.[step], data);
  if (parent === null || parent === undefined || parent[last] === null || parent[last] === undefined) return;
  if (kind === 'silentNull') parent[last] = choose([null, undefined], 'absent', word);
  else if (kind === 'form') parent[last] = formOf(parent[last], word);
  else if (kind === 'leaf') parent[last] = leavesOf(parent[last], word);
  else renameTypes(parent[last], word);
}

const formOf = (value: unknown, word: string): unknown => {
  const others = Array.isArray(value) ? [value[0], {}, 'text', [value]] : [[value], [], 'text', 0, {}];
  return choose<unknown>(others, 'form', word);
};

const leavesOf = (value: unknown, word: string): unknown => {
  if (Array.isArray(value)) return value.map((each, i) => leavesOf(each, `${word}${i}`));
  if (typeof value === 'object') return value;
  return choose<unknown>(['RADIUM', 'XXX', 3, 2.5, true, '', null, Number.MAX_VALUE], 'leaf', word);
};

function renameTypes(value: unknown, word: string): void {
  if (Array.isArray(value))
    value.forEach((each, i) => {
      renameTypes(each, `${word}${i}`);
    });
  else if (value && typeof value === 'object' && '__typename' in value)
    value.__typename = choose(['Nowhere', 'Phantom', 'Query', 'Artist', 'Organisation', 'Exhibit', 'String'], 'typename', word);
}
