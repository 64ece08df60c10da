import { columnName } from './column-name.ts';
import { FileProblem } from './file-problem.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for.
const doubtful = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, but for what no database can hold.
const invisible = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** The text of a cell without control characters, which nobody sees. Where a character was lost, nobody can tell which: that is refused. */
export function readable(text: string, row: number, column: number): string {
  if (!doubtful.test(text)) return text;
  if (text.includes('\0')) throw unreadable(row, column, 'U+0000');
  if (!text.isWellFormed()) throw unreadable(row, column, '半个字符 (half a character)');
  return text.replace(invisible, '');
}

function unreadable(row: number, column: number, what: string): FileProblem {
  const place = { row, column: columnName(column) };
  const cell = `${place.column}${row}`;
  return new FileProblem(
    'CELL_UNREADABLE',
    `单元格 ${cell} 含有无法保存的字符：${what}，请重新录入该单元格。Cell ${cell} holds a character that cannot be kept, ${what}: type the cell again.`,
    place,
  );
}
