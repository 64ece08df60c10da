import { cleanText } from '../compare-key.ts';
import { HubError } from '../errors.ts';
import { short, wrong } from './cell-problem.ts';
import { scaleOf, unitsAbove } from './header-unit.ts';
import type { Ledger } from './ledger.ts';
import { nearestTitle } from './nearest-title.ts';
import type { Quantity } from './parse.ts';
import { readTitle, squeeze, type Title } from './title.ts';

/** Where the header of a file is and which column each of its cells is. */
export interface Header {
  row: number;
  columns: ({ key: string; scale: number; quantity?: Quantity } | null)[];
  ignored: string[];
  /** Columns within the header that have no title, from 0. */
  untitled?: number[];
  /** The titles as they stand in the file, squeezed: a page that repeats them is known by them. */
  titles?: string[];
}

interface Candidate {
  row: number;
  cells: string[];
  titles: (Title | undefined)[];
}

const knownTitles = (ledger: Ledger) =>
  new Map(
    Object.entries(ledger.columns).flatMap(([key, { header, unit }]) => {
      const column = { key, isQuantity: unit !== undefined };
      return [[squeeze(header), column] as const, [squeeze(key), column] as const];
    }),
  );

const hits = ({ titles }: Candidate) => new Set(titles.map(title => title?.key)).size - (titles.includes(undefined) ? 1 : 0);

/** The row that names most columns; of a header over two rows the lower cell counts, and the upper one where it is empty. */
function bestRow(ledger: Ledger, firstRow: number, rows: string[][]): Candidate {
  const known = knownTitles(ledger);
  const candidate = (row: number, cells: string[]): Candidate => ({
    row,
    cells,
    titles: cells.map(cell => readTitle(cell, known)),
  });
  const single = rows.map((cells, i) => candidate(firstRow + i, cells));
  const double = rows.slice(1).map((lower, i) => {
    const upper = rows[i]!;
    const width = Math.max(lower.length, upper.length);
    const cells = Array.from({ length: width }, (_, at) => (cleanText(lower[at] ?? '') === '' ? (upper[at] ?? '') : lower[at]!));
    return candidate(firstRow + i + 1, cells);
  });
  const none: Candidate = { row: 0, cells: [], titles: [] };
  return [...single, ...double].reduce((best, each) => (hits(each) > hits(best) ? each : best), none);
}

const written = (cells: string[]) => cells.map(cell => short(cleanText(cell))).filter(cell => cell !== '');

/** What a file has that lacks columns, and which of its titles may be meant as one of them. */
function told({ row, cells, titles }: Candidate, absent: string[][]): { words: string; meant: string[] } {
  const unknown = cells.filter((cell, i) => !titles[i] && cleanText(cell) !== '').map(cell => short(cleanText(cell)));
  const meant = unknown.flatMap(title => {
    const near = absent.map(titles => nearestTitle(title, titles)).find(each => each !== undefined);
    return near ? [`"${title}" may be meant as ${near} (“${title}”是否为“${near}”？)`] : [];
  });
  const shown = written(cells);
  const has = `Row ${row} has ${shown.join(', ')} (第${row}行有：${shown.join('、')}).`;
  return { words: [has, ...meant.map(each => `${each}.`)].join(' '), meant };
}

function assertWhole(ledger: Ledger, best: Candidate, firstRow: number, rows: string[][]): void {
  const present = new Set(best.titles.map(title => title?.key));
  const absent = Object.entries(ledger.columns).filter(([key]) => !present.has(key));
  const missing = absent.filter(([, { required }]) => required).map(([key, { header }]) => `${header} (${key})`);
  if (missing.length === 0) return;
  const titlesOf = (columns: typeof absent) => columns.map(([, { header }]) => header);
  // What is missing most comes to mind first.
  const headers = [titlesOf(absent.filter(([, { required }]) => required)), titlesOf(absent)];
  const isFound = hits(best) > 0;
  // Where no title is known at all, the first row of several cells was meant to be the header.
  const at = rows.findIndex(cells => written(cells).length > 1);
  const seen = isFound ? best : { row: firstRow + at, cells: rows[at] ?? [], titles: [] };
  const { words, meant } = at < 0 && !isFound ? { words: '', meant: [] } : told(seen, headers);
  const names = missing.join('、');
  const message = isFound
    ? wrong('HEADER_NOT_FOUND', { row: best.row, missing: missing.join(', '), names }).message
    : `No header of the ledger ${ledger.name} was found in the first 10 rows. It needs the columns ${missing.join(', ')} (前10行未找到表头，需要这些列：${names}).`;
  throw new HubError('INVALID_INPUT', `${message} ${words}`.trim(), {
    reason: 'HEADER_NOT_FOUND',
    missing,
    ...(meant.length && { suggestion: meant.join('; ') }),
  });
}

function assertOnce(ledger: Ledger, { row, cells, titles }: Candidate): void {
  for (const [i, title] of titles.entries()) {
    const first = titles.findIndex(each => title && each?.key === title.key);
    if (!title || first === i) continue;
    const { header } = ledger.columns[title.key]!;
    const [one, other] = [cells[first]!, cells[i]!].map(cell => short(cleanText(cell)));
    const { code: reason, message, suggestion } = wrong('DUPLICATE_COLUMN', { row, column: header, one: one!, other: other! });
    throw new HubError('INVALID_INPUT', message, { reason, column: header, suggestion });
  }
}

/** Finds the header among the first rows (a title may stand above it) and checks that every required column is there, once, in a known unit. */
export function findHeader(ledger: Ledger, firstRow: number, rows: string[][]): Header {
  const first = rows.slice(0, 10);
  const best = bestRow(ledger, firstRow, first);
  assertWhole(ledger, best, firstRow, first);
  assertOnce(ledger, best);
  const above = unitsAbove(rows.slice(0, Math.max(0, best.row - firstRow)));
  const last = best.cells.findLastIndex(cell => cleanText(cell) !== '');
  const cells = best.cells.slice(0, last + 1);
  return {
    row: best.row,
    columns: cells.map((cell, i) => {
      const title = best.titles[i];
      if (!title) return null;
      return { key: title.key, ...scaleOf(ledger.columns[title.key]!, short(cleanText(cell)), title.beside, above) };
    }),
    ignored: cells.filter((cell, i) => !best.titles[i] && cleanText(cell) !== '').map(cell => short(cleanText(cell))),
    untitled: cells.flatMap((cell, i) => (cleanText(cell) === '' ? [i] : [])),
    titles: cells.map(squeeze),
  };
}
