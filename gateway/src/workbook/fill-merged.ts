import { columnName } from '../imports/column-name.ts';
import { tooLarge } from '../imports/file-problem.ts';
import { limits } from '../imports/limits.ts';
import type { TableBuilder } from '../imports/table.ts';
import type { Area } from './cell-address.ts';

/** What a number that is merged over several rows may be without being a figure: then it holds for each of them. */
const naming =
  /属地|区划|代码|编码|编号|电话|手机|日期|时间|年份|年度|月份|统计期|期间|code|division|phone|date|time|year|period/i;
const figure = /^[-+]?[\d,，.]+\s*(%|[十百千万亿]*元?|人)?$/;

/** Says the same as a person would with this sign, and is refused wherever a value is asked for. */
const ditto = '〃';

/**
 * A value that is merged over several rows holds for each of them: a period, a name. It stands in the first only, and is written into the
 * others. Nothing goes sideways: a title over the header is no five columns. A row with nothing of its own stays empty: it is the lower
 * half of a tall one. A figure is the exception, since it may be the sum of its rows: those below say that they repeat it, so that
 * somebody decides.
 */
export function fillMerged(table: TableBuilder, merged: Area[]): string[] {
  const { rows } = table;
  const tall = merged.filter(({ top, bottom }) => bottom > top && top <= rows.length).sort((a, b) => a.top - b.top);
  if (!tall.length) return [];
  const own = new Set<number>();
  for (const [index, row] of rows.entries()) if (row.length) own.add(index);
  const filled: string[] = [];
  let steps = 0;
  for (const { top, left, bottom, right } of tall) {
    const text = rows[top - 1]?.[left - 1];
    if (!text) continue;
    const below = figure.test(text.trim()) && !naming.test(titleOf(rows, top, left)) ? ditto : text;
    const lowest = Math.min(bottom, rows.length);
    steps += lowest - top;
    if (steps > limits.cells) throw tooLarge(`more than ${limits.cells} merged cells`);
    let isUsed = false;
    for (let row = top + 1; row <= lowest; row++) {
      if (!own.has(row - 1) || rows[row - 1]![left - 1]) continue;
      table.fill(row, left, below);
      isUsed = true;
    }
    if (isUsed) filled.push(`${columnName(left)}${top}:${columnName(right)}${bottom}`);
  }
  return filled;
}

/** The title of the column: the lowest text above that is no figure, among the first rows. */
function titleOf(rows: string[][], top: number, column: number): string {
  for (let row = Math.min(top - 1, limits.headerRows); row > 0; row--) {
    const text = rows[row - 1]?.[column - 1];
    if (text && text !== ditto && !figure.test(text.trim())) return text;
  }
  return '';
}
