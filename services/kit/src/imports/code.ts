import { wrong } from './cell-problem.ts';
import type { Parse } from './parse.ts';

/** A number of which a spreadsheet kept fifteen digits; it stands in exponent form. */
const isExponent = (text: string) => /^[+-]?\d(?:[.,]\d+)?\s*E\s*\+?\d+$/i.test(text);

/** What is left of a code of eighteen digits; one may really end in three zeros, so its check decides. */
export const looksDamaged = (code: string) => isExponent(code) || /^\d{15}000$/.test(code);

/** Refuses a code or a telephone number that was made a number, which lost its last digits; answers the text as it is typed. */
export function notDamaged(text: string): string {
  const folded = text.normalize('NFKC').trim();
  if (isExponent(folded)) throw wrong('CODE_DAMAGED_BY_SPREADSHEET');
  return folded;
}

/** A code as it is compared: capitals, no blanks, no dashes, no apostrophe that made it a text. */
export const code: Parse<string> = value =>
  notDamaged(value)
    .replace(/^['’‘]/, '')
    .replace(/[\s\-‐‑–—]/g, '')
    .toUpperCase();
