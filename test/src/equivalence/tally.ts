import type { Comparison } from './compare.ts';

/** What was compared, so that nobody takes many easy operations for many. */
export class Tally {
  operations = 0;
  answers = 0;
  refused = 0;
  withErrors = 0;
  withNulls = 0;
  withNotes = 0;
  subgraphsDown = 0;
  fetches = 0;
  differences = 0;

  count({ apollo, differences }: Comparison): void {
    this.answers++;
    if (apollo.rejection !== undefined) this.refused++;
    if (apollo.errors) this.withErrors++;
    if (/:null[,}]/.test(JSON.stringify(apollo.data))) this.withNulls++;
    if (apollo.extensions) this.withNotes++;
    if (apollo.errors?.some(error => error.includes('is not reachable'))) this.subgraphsDown++;
    this.fetches += apollo.fetches.length;
    if (differences.length > 0) this.differences++;
  }

  toString(): string {
    return (
      `${this.operations} operations, ${this.answers} answers, ${this.refused} refused, ${this.withErrors} with errors, ${this.withNulls} with nulls, ` +
      `${this.withNotes} with completion notes, ${this.subgraphsDown} with a subgraph down, ` +
      `${this.fetches} fetches compared, ${this.differences} differences`
    );
  }
}
