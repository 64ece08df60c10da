import { type CompositeType, type FieldSelection, isSubtype, type Schema, type SelectionSet } from '@apollo/federation-internals';
import type { Conditions } from './conditions.ts';

/** A field that a selection asks of a row, and the type it was asked of (a note on a fault names it). */
export interface Asked {
  field: FieldSelection;
  parent: CompositeType;
}

/** The fields asked of rows of one type, through all fragments, in the operation's order; what cannot be told ends the list. */
export interface AskedFields {
  fields: Asked[];
  problem?: Error;
}

/** Reads a selection for rows that say they are of `typename`; those that say nothing are taken for what the schema declares. */
export function collectFields(
  selections: SelectionSet,
  {
    typename,
    declared,
    schema,
    conditions,
  }: { typename: unknown; declared: CompositeType; schema: Schema; conditions: Conditions },
): AskedFields {
  const fields: Asked[] = [];
  const walk = (set: SelectionSet, parent: CompositeType): void => {
    for (const selection of set.selections()) {
      if (!conditions.leave(selection.element)) continue;
      if (selection.kind === 'FieldSelection') {
        fields.push({ field: selection, parent });
        continue;
      }
      const { typeCondition } = selection.element;
      if (typename && typeof typename !== 'string') throw new Error(`Got unexpected value for __typename: ${typename}`);
      const type = typeof typename === 'string' && typename ? schema.type(typename) : parent;
      if (!typeCondition || (type && isSubtype(typeCondition, type))) walk(selection.selectionSet, typeCondition ?? parent);
    }
  };
  try {
    walk(selections, declared);
    return { fields };
  } catch (error) {
    return { fields, problem: error as Error };
  }
}
