import type { Dimension } from './unit.ts';

/** What is known of a column of quantities beside its scale. */
export interface Quantity {
  dimension: Dimension;
  /** The file says a unit for it, in its header or in a line above; else the ledger's documented one counts. */
  isStated: boolean;
}

/**
 * Turns the text of a cell, cleaned and not empty, into a value; throws a CellProblem. `scale` is what the header's unit says.
 */
export interface Parse<V> {
  (text: string, scale: number, quantity?: Quantity): V;
  /** The words that a template offers, where there are only some. */
  choices?: readonly string[];
}
