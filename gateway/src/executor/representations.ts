import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { merge, type Row } from './merge.ts';
import type { IsSubtype } from './subtypes.ts';

/** Reads off a row what a subgraph needs to know it again; null where the row lacks a part of it. */
export type Represent = (row: Row | null) => Row | null;

type Part = (row: Row, representation: Row) => boolean;

/**
 * Compiles the `requires` of a fetch. A field that is missing makes the whole representation missing, and a fragment that
 * lacks one adds nothing: what is left may still do for the subgraph.
 */
export function compileRequires(selections: readonly QueryPlanSelectionNode[], isSubtype: IsSubtype): Represent {
  const parts = selections.flatMap(selection => compilePart(selection, isSubtype) ?? []);
  return row => {
    if (row === null) return null;
    const representation: Row = {};
    for (const part of parts) if (!part(row, representation)) return null;
    return representation;
  };
}

function compilePart(selection: QueryPlanSelectionNode, isSubtype: IsSubtype): Part | undefined {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition, selections } = selection;
    if (!typeCondition) return undefined;
    const represent = compileRequires(selections, isSubtype);
    return (row, representation) => {
      if (row?.__typename && isSubtype(row.__typename, typeCondition)) merge(representation, represent(row));
      return true;
    };
  }
  const name = selection.alias ?? selection.name;
  const inner = selection.selections && compileRequires(selection.selections, isSubtype);
  return (row, representation) => {
    if (!Object.hasOwn(row, name) || row[name] === undefined) return false;
    const value = row[name];
    if (!inner) representation[name] = Array.isArray(value) ? [...value] : value;
    else representation[name] = Array.isArray(value) ? value.map(inner) : inner(value);
    return true;
  };
}
