import fc from 'fast-check';
import { packTable, unpackRows } from '../imports/chunks.ts';
import { FileProblem } from '../imports/file-problem.ts';
import { parseFile } from '../imports/parse-file.ts';
import { anyBytes, mutatedText } from './mutated-texts.ts';
import { mutatedWorkbook } from './mutated-workbooks.ts';

/** How many files were read as a table, and how many were refused, by reason. */
export type Tally = Record<string, number>;

const impossible = /\0/;

/** Whatever a file is: its reader answers a table that can be stored, or says in words what is wrong. Nothing else is ever thrown. */
export const answersOnly = (tally: Tally) =>
  fc.asyncProperty(
    fc.oneof({ weight: 6, arbitrary: mutatedWorkbook }, { weight: 3, arbitrary: mutatedText }, anyBytes),
    async file => {
      try {
        const table = packTable(await parseFile(file));
        const rows = table.chunks.flatMap(({ json }) => unpackRows(json));
        const isText = (cell: unknown) => typeof cell === 'string' && cell.isWellFormed() && !impossible.test(cell);
        if (!rows.length || !rows.every(row => row.every(isText))) throw new Error('The table holds what is no text.');
        tally.table = (tally.table ?? 0) + 1;
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        if (!/\p{Script=Han}/u.test(error.message) || !/[a-z]{3}/.test(error.message))
          throw new Error(`The problem is not said in both languages: ${error.message}`);
        tally[error.reason] = (tally[error.reason] ?? 0) + 1;
      }
    },
  );
