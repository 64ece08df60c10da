import { createHash } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { type ErrorCode, HubError } from '@hub/kit/errors';
import type { Caller } from '../caller.ts';
import { viewerKey } from '../limits/viewer-class.ts';
import { currentRequestId } from '../request-id.ts';
import { type PackedTable, unpackRows } from './chunks.ts';
import { FileProblem } from './file-problem.ts';
import { withRemarks, withSheet } from './file-remarks.ts';
import type { Owner } from './ledgers.ts';
import { readTable } from './read-table.ts';

export interface Batch {
  id: string;
  actor: string;
  appliedAt: string | null;
  state: 'STAGED' | 'READY' | 'APPLIED' | 'FAILED' | 'REVERTED';
  counts: Record<'created' | 'updated' | 'unchanged' | 'skipped' | 'conflict' | 'possibleDuplicate' | 'error', number>;
  message: string | null;
  headerRow: number | null;
}

export interface Upload {
  ledger: string;
  owner: Owner;
  fileName: string;
  file: Buffer;
  /** Apply it although the same file was applied before. */
  again: boolean;
  manner: { dryRun: boolean; rowByRow: boolean; acceptDuplicates: boolean };
}

/** A batch, and the file as it was read. */
export interface Outcome {
  batch: Batch;
  table: PackedTable;
}

export interface Progress {
  stage: 'received' | 'parsed' | 'staged' | 'applying';
  rows: number;
  of: number;
}

/** Takes a file through the import of the subgraph that owns its ledger: stage, add rows, apply. */
export async function runImport(
  server: ApolloServer<Caller>,
  admitted: () => Caller,
  { ledger, owner, fileName, file, again, manner }: Upload,
  report: (progress: Progress) => void,
): Promise<Outcome> {
  report({ stage: 'received', rows: 0, of: 0 });
  const sha256 = createHash('sha256').update(file).digest('hex');
  const table = await readTable(file, viewerKey(admitted().viewer)).catch(asHubError);
  const of = table.rowCount;
  report({ stage: 'parsed', rows: of, of });

  const run = (step: string, document: string, input: object) =>
    execute(server, ofStep(admitted(), step), document, { input }).catch(error => {
      throw withSheet(error, table);
    });
  const staged = await run('stage', owner.stage, { ledger, fileName, sha256, again });
  if (staged.state === 'APPLIED') return { batch: { ...staged, message: appliedBefore(staged) }, table };
  for (const { firstRow, rowCount, json } of table.chunks) {
    await run(`rows from ${firstRow}`, owner.addRows, { id: staged.id, firstRow, rows: unpackRows(json) });
    report({ stage: 'staged', rows: firstRow + rowCount - 1, of });
  }
  report({ stage: 'applying', rows: 0, of });
  // Applying is one call: the repeated line keeps proxies from closing a silent connection.
  const alive = setInterval(() => report({ stage: 'applying', rows: 0, of }), 10_000);
  try {
    const batch = await run('apply', owner.apply, { id: staged.id, ...manner });
    return { batch: { ...batch, message: withRemarks(batch.message, table) }, table };
  } finally {
    clearInterval(alive);
  }
}

/** The key of an import is the key of its steps: repeated under it, each answers what it answered, and what was never done is done. */
function ofStep(caller: Caller, step: string): Caller {
  const { idempotencyKey: key } = caller;
  if (key === undefined) return caller;
  return { ...caller, idempotencyKey: createHash('sha256').update(`${step} of ${key}`).digest('hex') };
}

/** There is nothing to do, and whoever sent the file hears since when. */
function appliedBefore({ appliedAt, actor }: Batch): string {
  const when = appliedAt ?? '';
  return `未作改动：同一文件已于 ${when} 由 ${actor} 导入；如需再次导入，请加 again=true。Nothing was changed: the same file was applied at ${when} by ${actor}. To apply it again on purpose, send again=true.`;
}

export async function execute<T = Batch>(
  server: ApolloServer<Caller>,
  caller: Caller,
  query: string,
  variables: object,
): Promise<T> {
  const { body } = await currentRequestId.run(caller.requestId, () =>
    server.executeOperation({ query, variables }, { contextValue: caller }),
  );
  if (body.kind !== 'single') throw new Error('An import has one answer.');
  const { data, errors } = body.singleResult;
  const [error] = errors ?? [];
  if (error) throw new HubError(error.extensions?.code as ErrorCode, error.message, { ...error.extensions });
  return Object.values(data ?? {})[0] as T;
}

function asHubError(error: unknown): never {
  if (!(error instanceof FileProblem)) throw error;
  const { reason, message, place } = error;
  const isLimit = ['FILE_TOO_LARGE', 'TOO_MANY_ROWS', 'TOO_MANY_COLUMNS', 'CELL_TOO_LONG'].includes(reason);
  throw new HubError(isLimit ? 'LIMIT_EXCEEDED' : 'INVALID_INPUT', message, { reason, ...place });
}
