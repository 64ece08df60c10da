import { columnName } from '../imports/column-name.ts';
import { limits } from '../imports/limits.ts';
import type { SheetTraits } from './read-sheet.ts';

/** What the sender may not have seen, and what was made of it: hidden rows and columns are read like all others. */
export function remarksOn(traits: SheetTraits, filled: string[], hiddenSheets: string[], rows: string[][]): string[] {
  const { hiddenRows, isFiltered } = traits;
  const columns = hiddenColumns(traits, rows);
  const remarks: string[] = [];
  if (hiddenRows.length)
    remarks.push(
      `${isFiltered ? '筛选或隐藏' : '隐藏'}的 ${hiddenRows.length} 行也已读取（第 ${some(spans(hiddenRows))} 行）。Rows that are ${isFiltered ? 'filtered out or hidden' : 'hidden'} were read like the others (${hiddenRows.length}): ${some(spans(hiddenRows))}.`,
    );
  if (columns.length)
    remarks.push(
      `隐藏的 ${columns.length} 列也已读取（${some(columns)}）。Hidden columns were read like the others (${columns.length}): ${some(columns)}.`,
    );
  if (hiddenSheets.length)
    remarks.push(
      `隐藏的 ${hiddenSheets.length} 个工作表未读取：${some(hiddenSheets.map(name => `“${name}”`))}。Hidden sheets were not read (${hiddenSheets.length}): ${some(hiddenSheets.map(name => `"${name}"`))}.`,
    );
  if (filled.length)
    remarks.push(
      `合并单元格的内容已填入其下各行（${some(filled)}）。The value of cells merged over several rows was taken for each of these rows: ${some(filled)}.`,
    );
  return remarks;
}

/** A message has room for so many. */
const shownOnes = 10;

const some = (names: string[]) => names.slice(0, shownOnes).join(', ') + (names.length > shownOnes ? ' …' : '');

/** 3, 4, 5, 9 are `3-5` and `9`. */
function spans(rows: number[]): string[] {
  const found: { from: number; to: number }[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last && row === last.to + 1) last.to = row;
    else found.push({ from: row, to: row });
  }
  return found.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`));
}

/** Those with something in them. */
function hiddenColumns({ hiddenColumns }: SheetTraits, rows: string[][]): string[] {
  const hidden = new Set<number>();
  for (const { from, to } of hiddenColumns)
    for (let column = Math.max(from, 1); column <= Math.min(to, limits.columns); column++) hidden.add(column);
  if (!hidden.size) return [];
  return [...hidden]
    .sort((a, b) => a - b)
    .filter(column => rows.some(row => row[column - 1]))
    .map(columnName);
}
