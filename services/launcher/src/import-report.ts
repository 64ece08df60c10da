import { table } from './table.ts';

export interface ImportProblem {
  row: number;
  outcome: string;
  column?: string | null;
  value?: string | null;
  code?: string | null;
  message?: string | null;
  suggestion?: string | null;
  candidates?: { id: string; text: string; differs: string[] }[];
}

export interface ImportBatch {
  id?: string;
  state: string;
  rowCount?: number;
  message?: string | null;
  counts?: Record<string, number>;
  ignoredColumns?: string[];
  problems?: ImportProblem[];
}

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'conflict', 'possibleDuplicate', 'error'];

const concernedIn = ({ conflict = 0, possibleDuplicate = 0, error = 0 }: Record<string, number> = {}) =>
  conflict + possibleDuplicate + error;

/** Whether every row of the file is in the hub, or in a dry run could be. */
export function isComplete({ state, counts }: ImportBatch, dryRun: boolean): boolean {
  if (concernedIn(counts) > 0) return false;
  return dryRun ? state === 'READY' || state === 'APPLIED' : state === 'APPLIED';
}

/** The result of an import as a person reads it. */
export function importReport(batch: ImportBatch, dryRun: boolean): string[] {
  const { counts = {}, problems = [], ignoredColumns = [] } = batch;
  const rows = problems.map(({ row, column, value, code, message, suggestion, candidates = [] }) => [
    String(row),
    column ?? '',
    value ?? '',
    code ?? '',
    [[message, ...candidates.map(({ id, text }) => `${text} (${id})`)].filter(Boolean).join(' · '), suggestion]
      .filter(Boolean)
      .join(' → '),
  ]);
  const more = concernedIn(counts) - new Set(problems.map(problem => problem.row)).size;
  const totals = outcomes.filter(name => counts[name] !== undefined).map(name => `${name} ${counts[name]}`);
  return [
    ...(rows.length > 0 ? ['', ...table(['row', 'column', 'value', 'code', 'message → suggestion'], rows)] : []),
    ...(rows.length > 0 && more > 0 ? [`… and problems in ${more} more rows`] : []),
    '',
    ...(ignoredColumns.length > 0 ? [`Columns not read: ${ignoredColumns.join(', ')}`] : []),
    ...(batch.message ? [batch.message] : []),
    `${batch.state}${dryRun ? ' (dry run: nothing was changed)' : ''}: ${totals.join(', ') || `${batch.rowCount ?? 0} rows`}`,
    ...(batch.id ? [`Import ${batch.id}`] : []),
  ];
}
