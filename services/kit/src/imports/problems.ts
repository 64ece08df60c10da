import { problemsOfCells } from './problem-of-cell.ts';
import { problemsOfFiles } from './problem-of-file.ts';
import { problemsOfPeople } from './problem-of-person.ts';
import { problemsOfRows } from './problem-of-row.ts';

/** Every code of an import with its words, in English and Chinese. `docs/imports.md` is this table, and a test holds it to it. */
export const problems = { ...problemsOfCells, ...problemsOfRows, ...problemsOfPeople, ...problemsOfFiles };

export type ProblemCode = keyof typeof problems;
