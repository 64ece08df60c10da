import { cleanText } from '../compare-key.ts';
import type { Context } from '../context.ts';
import { HubError } from '../errors.ts';
import { appliedBefore } from './applied-before.ts';
import { forImport } from './for-import.ts';
import { findHeader } from './header.ts';
import { ImportBatch, ImportState } from './import-batch.ts';
import type { Ledger } from './ledger.ts';

/** Data rows of one file, at most. */
export const maximumRows = 100_000;

export interface Staging {
  ledger: string;
  fileName: string;
  sha256: string;
  again: boolean;
}

/** Opens a batch; the same file applied before in the same slice answers that batch instead, unless it is meant to be applied again. */
export async function stageImport(context: Context, staging: Staging): Promise<ImportBatch> {
  const { em, viewer } = context;
  if (viewer.role !== 'COMMITTEE') throw new HubError('FORBIDDEN', 'Only a committee imports ledgers.');
  const applied = staging.again ? null : await appliedBefore(context, staging);
  if (applied) return applied;
  const batch = em.create(ImportBatch, { ...staging, divisionCode: viewer.division, actor: viewer.actor });
  await em.flush();
  return batch;
}

/** Adds a stretch of the sheet, in order; the first one holds the header. */
export async function addImportRows(
  context: Context,
  ledgers: Ledger[],
  id: string,
  firstRow: number,
  rows: string[][],
): Promise<ImportBatch> {
  const { em } = context;
  const batch = await forImport(context, id);
  if (batch.state !== ImportState.STAGED) throw new HubError('NOT_ALLOWED', 'Rows can be added to a staged import only.');
  const ledger = ledgers.find(({ name }) => name === batch.ledger)!;
  batch.header ??= findHeader(ledger, firstRow, rows);
  const header = batch.header;
  const data = rows
    .map((cells, i) => ({ row: firstRow + i, cells }))
    .filter(({ row, cells }) => row > header.row && cells.some(cell => cleanText(cell) !== ''));
  batch.rowCount += data.length;
  if (batch.rowCount > maximumRows)
    throw new HubError(
      'LIMIT_EXCEEDED',
      `A file may have ${maximumRows} data rows; split it (单个文件最多${maximumRows}行，请拆分).`,
      { reason: 'TOO_MANY_ROWS' },
    );
  await em.execute(
    `insert into import_row (batch_id, "row", division_code, cells)
     select ?, r."row", ?, r.cells from json_to_recordset(?::json) as r ("row" int, cells jsonb)`,
    [batch.id, batch.divisionCode, JSON.stringify(data)],
  );
  await em.flush();
  return batch;
}
