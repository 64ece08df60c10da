import type { FetchDataRewrite } from '@apollo/query-planner';
import type { Row } from './merge.ts';
import type { IsSubtype } from './subtypes.ts';

/** Changes a representation before it is sent, or an answer before it is merged. */
export type Rewrite = (value: unknown) => void;

const ofType = '... on ';

/** The planner renames what subgraphs would not agree about (and sets the type of an interface object); paths are read once. */
export function compileRewrites(rewrites: readonly FetchDataRewrite[] | undefined, isSubtype: IsSubtype): Rewrite | undefined {
  if (!rewrites?.length) return undefined;
  const compiled = rewrites.filter(({ path }) => path.length > 0).map(rewrite => compileRewrite(rewrite, isSubtype));
  return value => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, isSubtype: IsSubtype): Rewrite {
  let walk = onEach(change(rewrite, rewrite.path.at(-1)!));
  for (const element of rewrite.path.slice(0, -1).reverse()) {
    const further = walk;
    if (element.startsWith(ofType)) {
      const type = element.slice(ofType.length);
      walk = onEach(row => (!row.__typename || isSubtype(row.__typename, type)) && further(row));
    } else {
      walk = onEach(row => Object.hasOwn(row, element) && further(row[element]));
    }
  }
  return walk;
}

/** A row, or each row of a list of them. */
function onEach(act: (row: Row) => void): Rewrite {
  const walk: Rewrite = value => {
    if (Array.isArray(value)) for (const element of value) walk(element);
    else if (typeof value === 'object' && value !== null) act(value);
  };
  return walk;
}

function change(rewrite: FetchDataRewrite, field: string): (row: Row) => void {
  if (rewrite.kind === 'ValueSetter') return row => set(row, field, rewrite.setValueTo);
  return row => {
    if (!Object.hasOwn(row, field) || !row[field]) return;
    set(row, rewrite.renameKeyTo, row[field]);
    row[field] = undefined;
  };
}

const set = (row: Row, key: string, value: unknown) =>
  Object.defineProperty(row, key, { value, configurable: true, enumerable: true, writable: true });
