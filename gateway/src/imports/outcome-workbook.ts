import { type PackedTable, unpackRows } from './chunks.ts';
import type { Outcome } from './run-import.ts';
import { type WrittenCell, writeWorkbook } from './write-workbook.ts';

/** What became of a row, as the subgraph tells it. */
export interface RowOutcome {
  row: number;
  outcome: string;
  problems: { column: string | null; code: string; message: string; suggestion: string | null }[];
}

const words: Record<string, string> = {
  CREATED: '新增 CREATED',
  UPDATED: '更新 UPDATED',
  UNCHANGED: '未变 UNCHANGED',
  SKIPPED: '跳过 SKIPPED',
  CONFLICT: '冲突 CONFLICT',
  POSSIBLE_DUPLICATE: '疑似重复 POSSIBLE_DUPLICATE',
  ERROR: '错误 ERROR',
};
const attention = new Set(['CONFLICT', 'POSSIBLE_DUPLICATE', 'ERROR']);
const pink = '#FDE2E1';

/** From here on only rows that need attention are given back: whoever sent so many has the others. */
const wholeUpTo = 20_000;

/**
 * The file as it was read with what became of each row behind it: the outcome, and in words what is wrong in which column and what would be
 * right. Rows that need attention are marked; sent again, the two columns are ignored.
 */
function outcomeSheet(table: PackedTable, headerRow: number | null, outcomes: RowOutcome[]): WrittenCell[][] {
  const byRow = new Map(outcomes.map(each => [each.row, each]));
  const isWhole = outcomes.length <= wholeUpTo;
  const sheet: WrittenCell[][] = [];
  for (const { firstRow, json } of table.chunks)
    for (const [i, cells] of unpackRows(json).entries()) {
      const row = firstRow + i;
      if (row === headerRow) sheet.push([...cells, '结果 outcome', '说明 what to do'].map(value => ({ value, bold: true })));
      const its = byRow.get(row);
      if (!its || !(isWhole || attention.has(its.outcome))) continue;
      const colour = attention.has(its.outcome) ? pink : undefined;
      sheet.push([...cells, words[its.outcome] ?? its.outcome, said(its)].map(value => ({ value, colour })));
    }
  return sheet;
}

/** The outcome of an import as a workbook; the rows are asked for in pages. */
export async function outcomeWorkbook(
  { batch, table }: Outcome,
  page: (after: number) => Promise<{ rows: RowOutcome[] }>,
): Promise<Buffer> {
  const outcomes: RowOutcome[] = [];
  for (let rows = (await page(0)).rows; rows.length > 0; rows = (await page(rows.at(-1)!.row)).rows) outcomes.push(...rows);
  const rows = outcomeSheet(table, batch.headerRow, outcomes);
  return writeWorkbook([{ name: '结果 outcome', rows: [[{ value: batch.message ?? '', bold: true }], ...rows] }]);
}

const said = ({ problems }: RowOutcome): string =>
  problems
    .map(({ column, code, message, suggestion }) =>
      [column, code, message, suggestion && `→ ${suggestion}`].filter(Boolean).join(' · '),
    )
    .join('\n');
