import { cleanText } from '@hub/kit/compare-key';
import { wrong } from '@hub/kit/imports/cell-problem';
import { notDamaged } from '@hub/kit/imports/code';
import { refuseMask } from './masked-value.ts';

const mobile = /^1[3-9]\d{9}$/;
/** Three digits for the municipalities and some large cities, four elsewhere. */
const landline = /^(0(?:10|2\d|[3-9]\d\d))([1-9]\d{6,7})$/;
const hotline = /^[48]00\d{7}$/;

/** A number that one person carries; an office shares its landline. */
export const isOnesOwn = (phone: string): boolean => mobile.test(phone) || phone.startsWith('+');

/** What follows the number of an office: `转801`, `-801`, `ext. 801`. */
function withoutExtension(text: string): { number: string; extension?: string } {
  const [, number, extension] =
    /^(.*\d\D*?)(?:转|轉|分机号?|内线|ext(?:ension)?\.?|x|#)[\s:]*(\d{1,6})$/i.exec(text) ??
    /^((?:\+?86[-\s]*)?\(?0?\d{2,3}\)?[-\s]*[1-9]\d{2,3}[-\s]?\d{4})-(\d{1,6})$/.exec(text) ??
    [];
  return number === undefined ? { number: text } : { number, extension: extension! };
}

/** Without the country, where it is China; with `+` where it is another. A zero before the area code is not dialled from abroad. */
function domestic(digits: string): string {
  const [, local] = /^(?:\+|00)86(\d+)$/.exec(digits) ?? /^86(1[3-9]\d{9}|0\d{9,11})$/.exec(digits) ?? [];
  if (local !== undefined) return mobile.test(local) || hotline.test(local) || local.startsWith('0') ? local : `0${local}`;
  return digits.replace(/^00(?=[1-9])/, '+').replace(/^0(?=1[3-9]\d{9}$)/, '');
}

/**
 * A telephone number as it is stored, whichever way it was typed: `13800000000`, `0431-88880000`, `0431-88880000-801`, `+85261234567`.
 * Prefixes of operators are not checked: new ones are given out more often than a program is renewed.
 */
export function normalPhone(typed: string): string {
  const text = cleanText(typed.normalize('NFKC')).replace(/\.0$/, '');
  refuseMask(text);
  notDamaged(text);
  const { number, extension } = withoutExtension(text.replace(/[‐‑‒–—―−]/g, '-'));
  if (/\d\s*(?:[/、,;|]|或|和|及)\s*\+?\d/.test(number)) throw wrong('TWO_PHONES');
  const bare = number.replace(/\(0\)/, '').replace(/[\s().·_-]/g, '');
  if (/^(?:(?:\+|00)?86)?1[3-9]\d{9}(?:(?:\+|00)?86)?1[3-9]\d{9}$/.test(bare)) throw wrong('TWO_PHONES');
  if (!/^\+?\d+$/.test(bare)) throw wrong('NOT_A_PHONE');
  if (/^\d{15,}$/.test(bare) && !/^00/.test(bare)) throw wrong('CODE_DAMAGED_BY_SPREADSHEET');
  const digits = domestic(bare);
  const [, area, local] = landline.exec(digits) ?? [];
  if (area && (area.length === 4 || local!.length === 8)) return [area, local, extension].filter(Boolean).join('-');
  if (extension === undefined) {
    if (mobile.test(digits) || hotline.test(digits) || /^\+[1-9]\d{6,14}$/.test(digits)) return digits;
    if (/^[2-8]\d{6,7}$/.test(digits)) throw wrong('NOT_A_PHONE', {}, 'area');
  }
  throw wrong('NOT_A_PHONE');
}
