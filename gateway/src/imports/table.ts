import { columnName } from './column-name.ts';
import { FileProblem, tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';
import { readable } from './readable.ts';

export interface Table {
  /** Every row of the sheet from row 1 to the last filled one; cells are text. */
  rows: string[][];
  /** Rows with something in them. */
  filled: number;
  sheet?: string;
  otherSheets: string[];
  /** What a person should know of how the file was read. */
  remarks: string[];
}

const nothing: string[] = [];

/** Collects rows while they are parsed, so that a limit is met before the memory is spent. */
export class TableBuilder {
  rows: string[][] = [];
  filled = 0;
  cells = 0;
  characters = 0;

  /** The row after the last one. */
  add(cells: string[]): void {
    const row = this.rows.length + 1;
    if (row > limits.sheetRows) throw tooManyRows(row);
    this.rows.push(nothing);
    this.put(row, cells);
  }

  /** A row where it stands. */
  put(row: number, cells: string[]): void {
    let last = 0;
    for (let column = 1; column <= cells.length; column++) {
      const text = cells[column - 1]!;
      if (text === '') continue;
      const kept = readable(text, row, column);
      cells[column - 1] = kept;
      if (kept.length > limits.cellCharacters) throw cellTooLong(row, column, kept.length);
      if (kept.trim() !== '') last = column;
      this.characters += kept.length;
    }
    if (last === 0) return;
    if (last > limits.columns) throw tooManyColumns(last);
    while (this.rows.length < row) this.rows.push(nothing);
    if (this.rows[row - 1] !== nothing) throw rowTwice(row);
    this.rows[row - 1] = last === cells.length ? cells : cells.slice(0, last);
    this.filled++;
    this.cells += last;
    if (this.filled > limits.dataRows + limits.headerRows) throw tooManyRows(this.filled);
    this.#assertBounds();
  }

  /** A cell of a row that has others. */
  fill(row: number, column: number, text: string): void {
    const cells = this.rows[row - 1]!;
    while (cells.length < column) cells.push('');
    cells[column - 1] = text;
    this.cells++;
    this.characters += text.length;
    this.#assertBounds();
  }

  finish(about: Partial<Pick<Table, 'sheet' | 'otherSheets' | 'remarks'>> = {}): Table {
    while (this.rows.length && this.rows.at(-1)!.length === 0) this.rows.pop();
    if (!this.filled) throw new FileProblem('FILE_EMPTY', '文件中没有数据。The file has no filled cell.');
    return { rows: this.rows, filled: this.filled, otherSheets: [], remarks: [], ...about };
  }

  #assertBounds(): void {
    if (this.cells > limits.cells) throw tooLarge(`more than ${limits.cells} filled cells`);
    if (this.characters > limits.characters) throw tooLarge(`more than ${limits.characters} characters`);
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

const rowTwice = (row: number) =>
  new FileProblem(
    'FILE_UNREADABLE',
    `第 ${row} 行出现了两次，请另存为 .xlsx 后重试。Row ${row} stands there twice: save the file again as .xlsx.`,
    {
      row,
    },
  );
