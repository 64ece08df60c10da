import { CellProblem } from './cell-problem.ts';

/** What a parser answers of a cell, or the code with which it refuses it: what a test compares. */
export function answerOf(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (problem) {
    if (problem instanceof CellProblem) return problem.code;
    throw problem;
  }
}
