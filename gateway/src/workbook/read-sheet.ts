import { columnName } from '../imports/column-name.ts';
import { limits } from '../imports/limits.ts';
import { type TableBuilder, tooManyColumns } from '../imports/table.ts';
import { damaged } from '../imports/zip.ts';
import { type Area, addressOf, areaOf } from './cell-address.ts';
import { type Book, type Cell, cellText } from './cell-text.ts';
import { type Attributes, type Listener, parseXml } from './parse-xml.ts';
import { StringItem } from './string-item.ts';

/** What a sheet says beside its cells. */
export interface SheetTraits {
  hiddenRows: number[];
  hiddenColumns: { from: number; to: number }[];
  isFiltered: boolean;
  merged: Area[];
}

/** Reads the cells of a sheet into a table, and what a person should know of how they looked. */
export function readSheet(part: Buffer, book: Book, table: TableBuilder): SheetTraits {
  const reading = new SheetReading(book, table);
  parseXml(part, reading);
  return reading.traits;
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

class SheetReading implements Listener {
  readonly traits: SheetTraits = { hiddenRows: [], hiddenColumns: [], isFiltered: false, merged: [] };
  readonly #book: Book;
  readonly #table: TableBuilder;
  readonly #string = new StringItem();
  #isData = false;
  #row = 0;
  #isHidden = false;
  #cells: string[] = [];
  #column = 0;
  #cell: Cell | undefined;
  #isValue = false;

  constructor(book: Book, table: TableBuilder) {
    this.#book = book;
    this.#table = table;
  }

  open(name: string, attributes: () => Attributes): void {
    if (!this.#isData) this.#openBeside(name, attributes);
    else if (name === 'c') this.#openCell(attributes());
    else if (name === 'v') this.#openValue();
    else if (name === 'row') this.#openRow(attributes());
    else if (name === 'f' && this.#cell) this.#cell.isFormula = true;
    else this.#string.open(name);
  }

  text(text: string): void {
    if (!this.#cell) return;
    if (this.#isValue) this.#cell.value += text;
    else this.#string.add(text);
  }

  row(): number {
    return this.#row;
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'v') this.#isValue = false;
    else if (name === 'row') this.#closeRow();
    else if (name === 'sheetData') this.#isData = false;
    else this.#string.close(name);
  }

  #openBeside(name: string, attributes: () => Attributes): void {
    const { traits } = this;
    if (name === 'sheetData') this.#isData = true;
    else if (name === 'filterColumn') traits.isFiltered = true;
    else if (name === 'col') {
      const { min, max, hidden } = attributes();
      if (isTrue(hidden)) traits.hiddenColumns.push({ from: Number(min), to: Number(max) });
    } else if (name === 'mergeCell') {
      const { ref = '' } = attributes();
      const area = areaOf(ref);
      if (!area) throw damaged(`its merged cells "${ref.slice(0, 20)}" lie nowhere`);
      traits.merged.push(area);
    }
  }

  /** Programs may leave out where a row or a cell stands: it follows the one before. */
  #openRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.#row + 1 : Number(r);
    if (!Number.isInteger(row) || row < 1 || row > limits.sheetRows)
      throw damaged(`row "${String(r).slice(0, 20)}" does not exist`);
    this.#row = row;
    this.#isHidden = isTrue(hidden);
    this.#cells = [];
    this.#column = 0;
  }

  #openCell({ r, t = 'n', s }: Attributes): void {
    if (r === undefined) this.#column++;
    else this.#column = this.#columnOf(r);
    const style = s === undefined ? 0 : Number(s);
    this.#cell = { type: t, style, value: '', inline: '', isFormula: false, hasValue: false };
    this.#string.take();
  }

  #columnOf(r: string): number {
    const address = addressOf(r);
    if (!address) throw damaged(`a cell in row ${this.#row} has the address "${r.slice(0, 20)}"`, { row: this.#row });
    if (address.row !== this.#row) throw damaged(`cell ${r} stands in row ${this.#row}`, { row: this.#row });
    return address.column;
  }

  #openValue(): void {
    if (!this.#cell) return;
    this.#isValue = true;
    this.#cell.hasValue = true;
  }

  #closeCell(): void {
    const cell = this.#cell;
    if (!cell) return;
    this.#cell = undefined;
    cell.inline = this.#string.take();
    const place = { row: this.#row, column: columnName(this.#column) };
    const text = cellText(cell, this.#book);
    if (text === undefined) throw damaged(`cell ${place.column}${place.row} refers to a text that it does not have`, place);
    if (text.trim() === '') return;
    if (this.#column > limits.columns) throw tooManyColumns(this.#column);
    if (this.#cells[this.#column - 1]) throw damaged(`cell ${place.column}${place.row} stands there twice`, place);
    while (this.#cells.length < this.#column - 1) this.#cells.push('');
    this.#cells[this.#column - 1] = text;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    this.#table.put(this.#row, this.#cells);
    if (this.#isHidden) this.traits.hiddenRows.push(this.#row);
    this.#cells = [];
  }
}
