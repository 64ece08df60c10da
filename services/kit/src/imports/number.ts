import { wrong } from './cell-problem.ts';
import type { Parse, Quantity } from './parse.ts';
import { fits, readUnit } from './unit.ts';

/** Digits, or groups of three or of four, with a fraction and an exponent; what stands behind may be a unit. */
const form =
  /^([¥￥]|rmb|cny)?\s*([+-]?(?:\d{1,3}(?:[, ']\d{3})+|\d{1,4}(?:[, ']\d{4})+|\d+)?(?:(?<=\d)\.\d+|\.\d+)?(?:e[+-]?\d{1,3})?)\s*(\D*)$/i;

const about = /^(?:约|近|大约|将近|超|超过|>|<|≥|≤|~|≈|不少于|不足)|(?:余|多|几|以上|以下|左右|上下|不到|\+)\D*$/;
const inWords = /^[负]?[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾]+\D{0,2}$/;

const hintOf = (value: string) =>
  /[%‰]$/.test(value)
    ? 'percent'
    : about.test(value)
      ? 'about'
      : inWords.test(value)
        ? 'words'
        : /^\d[\d.,]*\s*[-~至—–]\s*\d[\d.,]*\D*$/.test(value)
          ? 'range'
          : undefined;

/**
 * What one of the number's own units multiplies it by. A cell that repeats the unit of its header says the same again; one that has another
 * below a header that scales says two things at once.
 */
function scaleOf(value: string, sign: string | undefined, suffix: string, scale: number, quantity?: Quantity): number {
  if (suffix === '' && !sign) return scale;
  const unit = readUnit(suffix === '' ? '元' : suffix);
  const isMoney = sign === undefined || quantity?.dimension === 'money';
  if (!unit) {
    const isUnit = /\p{Script=Han}|[$€£₩₽]|^(?:us|hk)?[$]|^(?:usd|eur|hkd|jpy|gbp|twd|krw|rub)$/iu.test(suffix);
    if (!isUnit || hintOf(value)) throw wrong('NOT_A_NUMBER', { value }, hintOf(value));
    throw wrong('UNIT_DIFFERS', { value });
  }
  if (!quantity || !fits(unit, quantity.dimension) || !isMoney) throw wrong('UNIT_DIFFERS', { value });
  if (quantity.isStated && scale !== 1 && unit.scale !== scale) throw wrong('UNIT_DIFFERS', { value }, 'twice');
  return unit.scale;
}

export const decimal =
  (maximum = 1e15): Parse<number> =>
  (value, scale, quantity) => {
    const text = value.normalize('NFKC').replace(/[−﹣]/g, '-').replace(/，/g, ',').trim();
    // What is longer is no number, however long one looks at it.
    if (text.length > 60) throw wrong('NOT_A_NUMBER', { value });
    const [, sign, digits = '', suffix = ''] = form.exec(text) ?? [];
    if (!/\d/.test(digits)) throw wrong('NOT_A_NUMBER', { value }, hintOf(text));
    const multiplier = scaleOf(text, sign, suffix, scale, quantity);
    const number = Number(digits.replace(/[, ']/g, ''));
    if (!Number.isFinite(number)) throw wrong('NOT_A_NUMBER', { value });
    const result = Number((number * multiplier).toPrecision(15));
    if (result < 0 || result > maximum) throw wrong('OUT_OF_RANGE', { value, least: 0, most: maximum });
    return result;
  };

export const integer =
  (maximum = 10_000_000): Parse<number> =>
  (value, scale, quantity) => {
    const number = decimal(maximum)(value, scale, quantity);
    if (!Number.isInteger(number)) throw wrong('NOT_A_WHOLE_NUMBER', { value });
    return number;
  };
