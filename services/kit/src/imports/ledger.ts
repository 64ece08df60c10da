import type { Context } from '../context.ts';
import type { CellProblem, Parse } from './cell.ts';

/** A column of a ledger: its Chinese header; its English header is its key. */
export interface Column<V = unknown> {
  header: string;
  parse: Parse<V>;
  required?: boolean;
  /** The unit the ledger documents, such as 万元; another one in the file's header counts instead. */
  unit?: string;
  /** Values never leave in a list of problems. */
  personal?: boolean;
}

export enum ImportOutcome {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  UNCHANGED = 'UNCHANGED',
  SKIPPED = 'SKIPPED',
  CONFLICT = 'CONFLICT',
  ERROR = 'ERROR',
}

export interface Problem {
  code: string;
  column?: string;
  value?: string;
  message: string;
  suggestion?: string;
}

/** One data row of a file, on its way in. */
export class LedgerRow<Values> {
  outcome?: ImportOutcome;
  problem?: Problem;

  constructor(
    /** Row of the sheet, from 1. */
    readonly row: number,
    readonly values: Values,
  ) {}

  /** The first problem counts. */
  refuse(problem: Problem, outcome = ImportOutcome.ERROR): void {
    if (this.problem) return;
    this.problem = problem;
    this.outcome = outcome;
  }

  refuseCell(column: string, value: string | undefined, { code, message, suggestion }: CellProblem): void {
    this.refuse({ code, column, value, message, suggestion });
  }
}

export interface Ledger<Values = any> {
  name: string;
  /** Scopes beside `imports:write`: rows that are matched by personal values tell by their outcome who is on file. */
  needs?: readonly string[];
  columns: { [K in keyof Values & string]: Column<Values[K]> };
  /** Two rows of a file with the same key: the second is refused. */
  key?(values: Values): string | undefined;
  /** Looks up what the rows mention, adds it to their values and refuses those that do not fit; set-based. */
  check?(context: Context, rows: LedgerRow<any>[]): Promise<void>;
  /**
   * Brings good rows in and sets each one's outcome; set-based, within the caller's transaction and slice. A trial is taken back, and says of
   * a key that is taken outside the slice what it says of one that nobody has.
   */
  apply(context: Context, rows: LedgerRow<any>[], isTrial: boolean): Promise<void>;
}
