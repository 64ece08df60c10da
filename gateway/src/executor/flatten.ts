import type { ResponsePath } from '@apollo/query-planner';

/** What a path leads to in the answer so far: one value, or a flat list where it goes through lists (`@`). */
export type Flatten = (value: any) => any;

/** Compiles the path of a flatten node, from its end. */
export function compileFlatten(path: ResponsePath): Flatten {
  return path.reduceRight<Flatten>(
    (rest, element) => (element === '@' ? throughList(rest) : intoField(String(element), rest)),
    end,
  );
}

const end: Flatten = value => value;

const throughList =
  (rest: Flatten): Flatten =>
  value => {
    if (value === undefined || value === null) return value;
    if (!Array.isArray(value)) throw new Error('A subgraph answered something else where the schema has a list.');
    if (rest === end && !value.some(Array.isArray)) return value;
    return value.flatMap(rest);
  };

const intoField =
  (field: string, rest: Flatten): Flatten =>
  value => {
    if (value === undefined || value === null) return value;
    if (Array.isArray(value)) throw new Error(`Unexpected array in result for path element ${field}`);
    return rest(Object.hasOwn(value, field) ? value[field] : undefined);
  };
