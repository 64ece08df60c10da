import { cleanText } from '../compare-key.ts';
import { isSpreadsheetError } from './cell.ts';
import { CellProblem, wrong } from './cell-problem.ts';
import type { Header } from './header.ts';
import { type Column, type Ledger, LedgerRow } from './ledger.ts';
import { noiseOf } from './noise.ts';
import { isDitto, saysNothing } from './words.ts';

type Place = NonNullable<Header['columns'][number]>;

/** The value of a cell; undefined when it is empty. */
function readCell(column: Column, key: string, cell: string, { scale, quantity }: Pick<Place, 'scale' | 'quantity'>): unknown {
  if (isSpreadsheetError(cell)) throw wrong('SPREADSHEET_ERROR');
  if (isDitto(cell)) throw wrong('DITTO_MARK', { value: cell });
  if (cell !== '' && !(column.none && saysNothing(cell))) return column.parse(cell, scale, quantity);
  if (column.required) throw wrong('VALUE_MISSING', { column: `${column.header} (${key})` });
  return undefined;
}

/** 0 is A, 26 is AA. */
function columnName(at: number): string {
  const rest = Math.floor(at / 26) - 1;
  return (rest < 0 ? '' : columnName(rest)) + String.fromCharCode(65 + (at % 26));
}

/** Reads the cells of each row by the ledger's columns; all that is wrong is noted on the row. */
export function parseRows(ledger: Ledger, header: Header, staged: { row: number; cells: string[] }[]): LedgerRow<any>[] {
  const firstByKey = new Map<string, number>();
  const place = new Map(header.columns.flatMap((column, i) => (column ? [[column.key, { i, ...column }] as const] : [])));
  const columns = Object.entries(ledger.columns).map(([key, column]) => ({ key, column, at: place.get(key) }));
  const isPersonal = columns.some(({ column }) => column.personal);
  const untitled = new Set(header.untitled);
  return staged.map(({ row, cells: typed }) => {
    const values: Record<string, unknown> = {};
    const parsed = new LedgerRow(row, values);
    const cells = typed.map(cell => cleanText(cell ?? ''));
    const noise = noiseOf(cells, header);
    if (noise) {
      const { code, message, suggestion } = noise;
      parsed.refuse({ code, message, suggestion });
      return parsed;
    }
    for (const { key, column, at } of columns) {
      const cell = at ? (cells[at.i] ?? '') : '';
      try {
        const value = readCell(column, key, cell, at ?? { scale: 1 });
        if (value !== undefined) values[key] = value;
      } catch (problem) {
        if (!(problem instanceof CellProblem)) throw problem;
        parsed.refuseCell(column.header, column.personal ? undefined : cell, problem);
      }
    }
    for (const [i, cell] of cells.entries()) {
      if (cell === '' || (i < header.columns.length && !untitled.has(i))) continue;
      const extra = wrong('EXTRA_CELL', { place: `${columnName(i)}${row}`, value: cell });
      // What stands there may be anything, so it is as personal as the most personal column.
      parsed.refuseCell(undefined, isPersonal ? undefined : cell, extra);
    }
    const id = !parsed.isGood ? undefined : ledger.key?.(values);
    const first = id === undefined ? undefined : firstByKey.get(id);
    if (first !== undefined) parsed.refuseCell(undefined, undefined, wrong('DUPLICATE_IN_FILE', { first }));
    else if (id !== undefined) firstByKey.set(id, row);
    return parsed;
  });
}
