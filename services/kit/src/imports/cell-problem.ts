import { type ProblemCode, problems } from './problems.ts';

/** What is wrong with one cell: a code for programs, words for people. */
export class CellProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly suggestion: string,
    /** The same words without the value, for a column whose values are personal. */
    readonly discreet = message,
  ) {
    super(message);
  }
}

/** A piece of a value that fits a message. */
export const short = (value: string) => (value.length > 40 ? `${value.slice(0, 39).toWellFormed()}…` : value);

type Values = Record<string, string | number>;

const fill = (words: string, values: Values) =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'value' ? short : String)(String(values[name] ?? '')));

/** A problem in the words of the table. A hint says more of what to do. */
export function wrong(code: ProblemCode, values: Values = {}, hint?: string): CellProblem {
  const { says, advice, hints }: { says: string; advice: string; hints?: Record<string, string> } = problems[code];
  const discreet = 'value' in values ? { ...values, value: '…' } : values;
  return new CellProblem(code, fill(says, values), fill(hints?.[hint ?? ''] ?? advice, values), fill(says, discreet));
}
