import { limits } from '../imports/limits.ts';

/** Where `B3` is: column 2, row 3. Undefined for what is no address, or lies outside of any sheet. Read sign by sign: there are millions. */
export function addressOf(text: string): { row: number; column: number } | undefined {
  let at = 0;
  let column = 0;
  let row = 0;
  for (let sign = text.charCodeAt(0); sign >= 65 && sign <= 90; sign = text.charCodeAt(++at)) column = column * 26 + sign - 64;
  const letters = at;
  for (let sign = text.charCodeAt(at); sign >= 48 && sign <= 57; sign = text.charCodeAt(++at)) row = row * 10 + sign - 48;
  const isWhole = letters >= 1 && letters <= 3 && at > letters && at === text.length;
  return isWhole && row >= 1 && row <= limits.sheetRows ? { row, column } : undefined;
}

export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** `A2:C4`, its corners in any order, or a single cell. */
export function areaOf(text: string): Area | undefined {
  const [from, to = from] = text.split(':').map(addressOf);
  if (!from || !to) return undefined;
  return {
    top: Math.min(from.row, to.row),
    left: Math.min(from.column, to.column),
    bottom: Math.max(from.row, to.row),
    right: Math.max(from.column, to.column),
  };
}
