import type { Context } from '../context.ts';
import { type CellProblem, short } from './cell-problem.ts';
import type { Decided } from './decision.ts';
import type { Parse } from './parse.ts';

/** What a template says of a column: a value to follow, and in both languages what stands there. */
export interface Explained {
  example: string;
  chinese: string;
  english: string;
}

/** A column of a ledger: its Chinese header; its English header is its key. */
export interface Column<V = unknown> {
  header: string;
  parse: Parse<V>;
  required?: boolean;
  /** The unit the ledger documents, such as 万元; another one of the same kind in the file counts instead. Only for quantities. */
  unit?: string;
  /** Words such as 无 and — mean that the cell is empty. */
  none?: boolean;
  /** Values never leave in a list of problems. */
  personal?: boolean;
}

export enum ImportOutcome {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  UNCHANGED = 'UNCHANGED',
  SKIPPED = 'SKIPPED',
  CONFLICT = 'CONFLICT',
  POSSIBLE_DUPLICATE = 'POSSIBLE_DUPLICATE',
  ERROR = 'ERROR',
}

/** A row on file that may be what a row of the file is about. */
export interface Candidate {
  id: string;
  /** What it is, in a few words that the importer may read. */
  text: string;
  /** Headers of the columns in which the two differ. */
  differs: string[];
}

export interface Problem {
  code: string;
  column?: string;
  value?: string;
  message: string;
  suggestion?: string;
  candidates?: Candidate[];
}

/** One data row of a file, on its way in. */
export class LedgerRow<Values> {
  outcome?: ImportOutcome;
  /** All that is wrong with it; a row with five wrong cells has five. */
  readonly problems: Problem[] = [];
  /** What the importer says of it, where the hub cannot know. */
  decided?: Decided;

  constructor(
    /** Row of the sheet, from 1. */
    readonly row: number,
    readonly values: Values,
  ) {}

  get isGood(): boolean {
    return this.problems.length === 0;
  }

  /** The outcome of the first problem is the row's. */
  refuse({ value, ...problem }: Problem, outcome = ImportOutcome.ERROR): void {
    if (this.isGood) this.outcome = outcome;
    this.problems.push({ ...problem, value: value === undefined ? undefined : short(value) });
  }

  /** Without its value the problem is told in words that do not have it either. */
  refuseCell(
    column: string | undefined,
    value: string | undefined,
    { code, message, suggestion, discreet }: CellProblem,
    outcome = ImportOutcome.ERROR,
  ): void {
    this.refuse({ code, column, value, message: value === undefined ? discreet : message, suggestion }, outcome);
  }
}

/** How rows are brought in. */
export interface Manner {
  /** The effect is taken back: a key that is taken outside the slice is then spoken of like one that nobody has. */
  isTrial: boolean;
  /** Rows that nearly repeat what stands on file come in as new. */
  acceptDuplicates: boolean;
}

export interface Ledger<Values = any> {
  name: string;
  /** Scopes beside `imports:write`: rows that are matched by personal values tell by their outcome who is on file. */
  needs?: readonly string[];
  /** What people call it. */
  title: string;
  columns: { [K in keyof Values & string]: Column<Values[K]> };
  /** What a template says of each column. */
  explained: { [K in keyof Values & string]-?: Explained };
  /** Two rows of a file with the same key: the second is refused. */
  key?(values: Values): string | undefined;
  /** Looks up what the rows mention, adds it to their values and refuses those that do not fit; set-based. */
  check?(context: Context, rows: LedgerRow<any>[]): Promise<void>;
  /** Brings good rows in and sets each one's outcome; set-based, within the caller's transaction and slice. */
  apply(context: Context, rows: LedgerRow<any>[], manner: Manner): Promise<void>;
}
