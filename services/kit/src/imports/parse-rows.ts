import { CellProblem, clean, isSpreadsheetError } from './cell.ts';
import type { Header } from './header.ts';
import { type Ledger, LedgerRow } from './ledger.ts';

const damaged = new CellProblem(
  'SPREADSHEET_ERROR',
  'The cell holds an error of the spreadsheet.',
  '修正公式后另存 / repair the formula and save the value',
);

/** Reads the cells of each row by the ledger's columns; all that is wrong is noted on the row. */
export function parseRows(ledger: Ledger, header: Header, staged: { row: number; cells: string[] }[]): LedgerRow<any>[] {
  const firstByKey = new Map<string, number>();
  const place = new Map(
    header.columns.flatMap((column, i) => (column ? [[column.key, { i, scale: column.scale }] as const] : [])),
  );
  return staged.map(({ row, cells }) => {
    const values: Record<string, unknown> = {};
    const parsed = new LedgerRow(row, values);
    for (const [key, column] of Object.entries(ledger.columns)) {
      const at = place.get(key);
      const cell = at ? clean(cells[at.i] ?? '') : '';
      const shown = column.personal ? undefined : cell;
      try {
        if (isSpreadsheetError(cell)) throw damaged;
        if (cell !== '') values[key] = column.parse(cell, at!.scale);
        else if (column.required)
          throw new CellProblem('VALUE_MISSING', `${column.header} is empty.`, `填写${column.header} / fill in ${key}`);
      } catch (problem) {
        if (!(problem instanceof CellProblem)) throw problem;
        parsed.refuseCell(column.header, shown, problem);
      }
    }
    const id = !parsed.isGood ? undefined : ledger.key?.(values);
    const first = id === undefined ? undefined : firstByKey.get(id);
    if (first !== undefined)
      parsed.refuse({
        code: 'DUPLICATE_IN_FILE',
        message: `Row ${first} of this file is about the same (与第${first}行重复).`,
        suggestion: '删除其中一行 / remove one of the rows',
      });
    else if (id !== undefined) firstByKey.set(id, row);
    return parsed;
  });
}
