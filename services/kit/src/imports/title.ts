import { compareKey } from '../compare-key.ts';
import { readUnit } from './unit.ts';

/** A title as it is compared: no blanks, no stars of required columns. */
export const squeeze = (title: string) => compareKey(title).replace(/[\s*_·]/g, '');

/** A title of a file, and what stands beside it in brackets or behind a slash, a colon or a line break: a unit, mostly. */
export interface Title {
  key: string;
  beside: string[];
}

const bracketed = /\(([^()]*)\)/g;

/** Finds the column that a title names. `known` has the ledger's titles, squeezed. */
export function readTitle(cell: string, known: ReadonlyMap<string, { key: string; isQuantity: boolean }>): Title | undefined {
  const whole = known.get(squeeze(cell));
  if (whole) return { key: whole.key, beside: [] };
  const beside: string[] = [];
  const bare = compareKey(
    cell
      .replace(/[\n\r\t]+/g, '/')
      .replace(/[<＜〈{｛]/g, '(')
      .replace(/[>＞〉}｝]/g, ')'),
  ).replace(bracketed, (_, inside: string) => {
    beside.push(inside);
    return '';
  });
  const title = known.get(squeeze(bare));
  if (title) return { key: title.key, beside };
  const [first = '', ...others] = bare.split(/[/\\:,;|、]/);
  const split = known.get(squeeze(first));
  if (split?.isQuantity) return { key: split.key, beside: [...beside, ...others] };
  // 年产值万元, 金额美元: the longest title that it begins with. 金额大写 is another column.
  const glued = squeeze(bare);
  const begun = [...known.keys()].filter(each => known.get(each)!.isQuantity && glued.startsWith(each));
  const longest = begun.sort((one, other) => other.length - one.length)[0];
  const rest = longest === undefined ? '' : glued.slice(longest.length);
  return readUnit(rest) || /(?:[元币幣镑鎊]|usd|eur|hkd|jpy|gbp|[$€£])$/.test(rest)
    ? { key: known.get(longest!)!.key, beside: [...beside, rest] }
    : undefined;
}
