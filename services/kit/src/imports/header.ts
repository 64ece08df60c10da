import { HubError } from '../errors.ts';
import { clean } from './cell.ts';
import type { Ledger } from './ledger.ts';

/** Where the header of a file is and which column each of its cells is. */
export interface Header {
  row: number;
  columns: ({ key: string; scale: number } | null)[];
  ignored: string[];
}

const scales: Record<string, number> = { 元: 1, 千元: 1e3, 万元: 1e4, 百万元: 1e6, 亿元: 1e8, 人: 1, 个: 1, 件: 1, cny: 1 };
const squeeze = (title: string) =>
  clean(title)
    .toLowerCase()
    .replace(/[\s*_：:]/g, '');

/** Splits `年产值(万元)` into its title and unit. */
function titleAndUnit(cell: string): { title: string; unit?: string } {
  const [, title = '', unit] = /^(.*?)(?:[([【](.+)[)\]】])?$/.exec(squeeze(cell)) ?? [];
  return { title, unit };
}

function readHeader(ledger: Ledger, row: number, cells: string[]): Header {
  const byTitle = new Map<string, string>();
  for (const [key, { header }] of Object.entries(ledger.columns)) {
    byTitle.set(titleAndUnit(header).title, key);
    byTitle.set(squeeze(key), key);
  }
  const seen = new Set<string>();
  const ignored: string[] = [];
  const columns = cells.map(cell => {
    const whole = byTitle.get(squeeze(cell));
    const { title, unit } = titleAndUnit(cell);
    const key = whole ?? byTitle.get(title);
    if (!key || seen.has(key)) {
      if (squeeze(cell)) ignored.push(clean(cell));
      return null;
    }
    seen.add(key);
    const documented = ledger.columns[key]?.unit;
    const named = unit !== undefined && Object.hasOwn(scales, unit) ? unit : documented;
    return { key, scale: scales[named ?? ''] ?? 1 };
  });
  return { row, columns, ignored };
}

const hits = ({ columns }: Header) => columns.filter(column => column !== null).length;

/** Finds the header among the first rows (a title may stand above it) and checks that every required column is there. */
export function findHeader(ledger: Ledger, firstRow: number, rows: string[][]): Header {
  const candidates = rows.slice(0, 10).map((cells, i) => readHeader(ledger, firstRow + i, cells));
  const header = candidates.reduce((best, each) => (hits(each) > hits(best) ? each : best), {
    row: 0,
    columns: [],
    ignored: [],
  } as Header);
  const missing = Object.entries(ledger.columns)
    .filter(([key, { required }]) => required && !header.columns.some(column => column?.key === key))
    .map(([key, { header: title }]) => `${title} (${key})`);
  if (missing.length > 0) {
    const message =
      hits(header) < 2
        ? `No header of the ledger ${ledger.name} was found in the first 10 rows. It needs the columns ${missing.join(', ')} (未找到表头).`
        : `Row ${header.row} is the header, but these columns are missing: ${missing.join(', ')} (缺少列).`;
    throw new HubError('INVALID_INPUT', message, { reason: 'HEADER_NOT_FOUND', missing });
  }
  return header;
}
