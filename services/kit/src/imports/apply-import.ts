import type { Context } from '../context.ts';
import { HubError } from '../errors.ts';
import { appliedBefore } from './applied-before.ts';
import { inParts } from './chunks.ts';
import { decide, type RowDecision } from './decision.ts';
import { forImport } from './for-import.ts';
import { type ImportBatch, ImportCounts, ImportState } from './import-batch.ts';
import { ImportOutcome, type Ledger, type LedgerRow } from './ledger.ts';
import { assertMayImport } from './may-import.ts';
import { oneWriter } from './one-writer.ts';
import { parseRows } from './parse-rows.ts';

/**
 * From here on a ledger is joined by hashing. Its lines and a table that has just been filled have no statistics, and the planner, which
 * takes both for small, would look through a whole division for every line.
 */
const few = 1_000;

export interface Applying {
  id: string;
  dryRun: boolean;
  rowByRow: boolean;
  acceptDuplicates: boolean;
  decisions: RowDecision[];
}

const countOf: Record<ImportOutcome, keyof ImportCounts> = {
  CREATED: 'created',
  UPDATED: 'updated',
  UNCHANGED: 'unchanged',
  SKIPPED: 'skipped',
  CONFLICT: 'conflict',
  POSSIBLE_DUPLICATE: 'possibleDuplicate',
  ERROR: 'error',
};

function tally(rows: LedgerRow<unknown>[]): ImportCounts {
  const counts = new ImportCounts();
  for (const { outcome } of rows) counts[countOf[outcome ?? ImportOutcome.SKIPPED]]++;
  return counts;
}

/** Writes the rows anew with their outcomes: an update of so many fresh rows has no statistics to be planned by. */
async function keepOutcomes(
  { em }: Context,
  batch: ImportBatch,
  rows: LedgerRow<unknown>[],
  cells: (row: number) => string[] | null,
) {
  await em.execute('delete from import_row where batch_id = ?', [batch.id]);
  await inParts(
    rows,
    part =>
      JSON.stringify(
        part.map(({ row, outcome, problems }) => ({
          row,
          outcome,
          cells: cells(row),
          problems: problems.length ? problems : null,
        })),
      ),
    async outcomes => {
      await em.execute(
        `insert into import_row (batch_id, division_code, "row", cells, outcome, problems)
         select ?, ?, r."row", r.cells, r.outcome, r.problems from json_to_recordset(?::json) as r ("row" int, cells jsonb, outcome text, problems jsonb)`,
        [batch.id, batch.divisionCode, outcomes],
      );
    },
    10_000,
  );
}

/** Two sent the same file at the same moment: the second is answered what came of the first. */
async function givenUp({ em }: Context, second: ImportBatch, first: ImportBatch): Promise<ImportBatch> {
  await em.execute('delete from import_row where batch_id = ?', [second.id]);
  second.state = ImportState.FAILED;
  second.message = `Nothing was applied: the import ${first.id} had brought the same file in meanwhile (同一文件已由另一次导入完成).`;
  await em.flush();
  return first;
}

/**
 * Brings a staged file in: whole or not at all, or row by row when asked. A dry run does exactly the same and takes it back before the
 * outcomes are kept, so it tells what would happen. The batch and its outcomes commit with the effect.
 */
export async function applyImport(context: Context, ledgers: Ledger[], applying: Applying): Promise<ImportBatch> {
  const { em } = context;
  const { id, dryRun, rowByRow, acceptDuplicates, decisions } = applying;
  // A second request for the same batch waits here for the first, and reads what became of it.
  const batch = await forImport(context, id);
  if (batch.state === ImportState.APPLIED) return batch;
  if (batch.state !== ImportState.STAGED && batch.state !== ImportState.READY)
    throw new HubError('NOT_ALLOWED', `The import is ${batch.state}: upload the file again.`);
  const ledger = ledgers.find(({ name }) => name === batch.ledger)!;
  assertMayImport(context.viewer, ledger);
  if (!batch.header || batch.rowCount === 0)
    throw new HubError('INVALID_INPUT', 'The file has no data rows below its header (文件没有数据行).', { reason: 'FILE_EMPTY' });

  // A trial is taken back: it need not wait, and nobody waits for it.
  if (!dryRun) {
    await oneWriter(em, batch.ledger, batch.divisionCode);
    const first = batch.again ? null : await appliedBefore(context, batch);
    if (first) return givenUp(context, batch, first);
  }
  const staged = await em.execute<{ row: number; cells: string[] }[]>(
    'select "row", cells from import_row where batch_id = ? order by "row"',
    [id],
  );
  const rows = parseRows(ledger, batch.header, staged);
  decide(rows, decisions);
  const good = () => rows.filter(({ isGood }) => isGood);
  await em.execute('savepoint applying');
  await em.execute(`select set_config('hub.batch', ?, true), set_config('hub.reason', ?, true)`, [
    batch.id,
    `import ${batch.fileName}`,
  ]);
  if (rows.length > few) await em.execute(`select set_config('enable_nestloop', 'off', true)`);
  await ledger.check?.(context, good());
  const hopeless = good().length < rows.length && !rowByRow && !dryRun;
  if (!hopeless) await ledger.apply(context, good(), { isTrial: dryRun, acceptDuplicates });
  const failed = good().length < rows.length && !rowByRow;
  if (failed || dryRun) await em.execute('rollback to savepoint applying');
  else await em.execute(`select set_config('hub.batch', '', true), set_config('hub.reason', '', true)`);

  if (failed && !dryRun) for (const row of good()) row.outcome = ImportOutcome.SKIPPED;
  batch.counts = tally(rows);
  const wrong = batch.counts.error + batch.counts.conflict + batch.counts.possibleDuplicate;
  if (dryRun) {
    batch.state = ImportState.READY;
    batch.message = wrong
      ? `Tried out, nothing changed: ${wrong} rows need attention (试运行：${wrong}行有问题).`
      : 'Tried out, nothing changed; every row would be applied (试运行通过).';
  } else if (failed) {
    batch.state = ImportState.FAILED;
    batch.message = `Nothing was applied: ${wrong} of ${rows.length} rows need attention (未导入：${wrong}行有问题).`;
  } else {
    batch.state = ImportState.APPLIED;
    batch.appliedAt = new Date();
    batch.message = `Applied${wrong ? `; ${wrong} rows were left out` : ''} (已导入).`;
  }
  // The cells are needed again only after a trial.
  const kept = new Map(dryRun ? staged.map(({ row, cells }) => [row, cells]) : []);
  await keepOutcomes(context, batch, rows, row => kept.get(row) ?? null);
  await em.flush();
  return batch;
}
