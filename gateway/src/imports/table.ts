import { columnName } from './cell-text.ts';
import { FileProblem, tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';

export interface Table {
  /** Every row of the sheet from row 1 to the last filled one, all of the same width; cells are text. */
  rows: string[][];
  /** Rows with something in them. */
  filled: number;
  sheet?: string;
  otherSheets: string[];
}

/** Collects rows while they are parsed, so that a limit is met before the memory is spent. */
export class TableBuilder {
  rows: string[][] = [];
  filled = 0;
  width = 0;
  cells = 0;
  characters = 0;

  add(cells: string[]): void {
    const row = this.rows.length + 1;
    let last = 0;
    for (let column = 1; column <= cells.length; column++) {
      const text = cells[column - 1]!;
      if (text.length > limits.cellCharacters) throw cellTooLong(row, column, text.length);
      if (text.trim() !== '') last = column;
      this.characters += text.length;
    }
    if (row > limits.sheetRows) throw tooManyRows(row);
    if (last > limits.columns) throw tooManyColumns(last);
    if (last > 0) this.filled++;
    this.cells += last;
    this.width = Math.max(this.width, last);
    this.rows.push(last === cells.length ? cells : cells.slice(0, last));
    if (this.filled > limits.dataRows + limits.headerRows) throw tooManyRows(this.filled);
    if (this.cells > limits.cells) throw tooLarge(`more than ${limits.cells} filled cells`);
    if (this.characters > limits.characters) throw tooLarge(`more than ${limits.characters} characters`);
  }

  finish(sheet?: string, otherSheets: string[] = []): Table {
    while (this.rows.length && this.rows.at(-1)!.length === 0) this.rows.pop();
    if (!this.filled) throw new FileProblem('FILE_EMPTY', '文件中没有数据。The file has no filled cell.');
    return { rows: this.rows, filled: this.filled, sheet, otherSheets };
  }
}

const tooManyRows = (rows: number) =>
  new FileProblem(
    'TOO_MANY_ROWS',
    `每次最多导入 ${limits.dataRows} 行数据，请拆分文件。At most ${limits.dataRows} data rows a file; this one has at least ${rows - limits.headerRows}. Split it.`,
  );

export const tooManyColumns = (columns: number) =>
  new FileProblem(
    'TOO_MANY_COLUMNS',
    `最多 ${limits.columns} 列。At most ${limits.columns} columns; column ${columnName(columns)} (${columns}) is filled.`,
    { column: columnName(columns) },
  );

const cellTooLong = (row: number, column: number, length: number) =>
  new FileProblem(
    'CELL_TOO_LONG',
    `单元格 ${columnName(column)}${row} 超过 ${limits.cellCharacters} 个字符。Cell ${columnName(column)}${row} has ${length} characters; at most ${limits.cellCharacters}.`,
    { row, column: columnName(column) },
  );
