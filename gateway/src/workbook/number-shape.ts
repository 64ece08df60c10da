import type { FormatToken } from './format-tokens.ts';
import { magnitude, magnitudeWord } from './magnitude.ts';

/** What the signs of a number format make of a number. */
export interface NumberShape {
  before: string;
  after: string;
  /** The power of ten by which the shown figure is smaller than the stored one. */
  power: number;
  /** Figures before the point, at least. */
  least: number;
  /** Nothing but words, whatever the number is. */
  isWord: boolean;
  /** Says more than the bare number. */
  isTelling: boolean;
  /** Its unit names another magnitude than it is scaled by. */
  contradicts: boolean;
}

const foreign = /[$€£₩₽₹฿]|JPY|USD|HKD|EUR|GBP|KRW|RUB|美元|欧元|港[币元]|日元|英镑|韩[币元]|卢布/;
/** Those of m2 are a unit. */
const figures = /(?<![a-z])\d|[%％‰]/i;
/** What is read as a word or a figure; a dash or the sign of a currency alone is only how nothing is written. */
const saying = /[\p{L}\p{N}\p{So}\p{Sm}]/u;

const isFigure = ({ kind }: FormatToken) => kind === 'digit' || kind === 'general';
/** Numbers in tens of thousands are shown by a trick: three figures are dropped by a comma, and a point is written before the last. */
const isWrittenPoint = ({ kind, text }: FormatToken) => kind === 'literal' && /^[.．。]$/.test(text);

export function numberShape(tokens: FormatToken[]): NumberShape {
  const first = tokens.findIndex(isFigure);
  const last = tokens.findLastIndex(isFigure);
  const inside = tokens.slice(Math.max(first, 0), last + 1);
  const before = literals(tokens.slice(0, Math.max(first, 0)));
  const after = literals(tokens.slice(last + 1));
  const words = before + after;
  if (first < 0) return { ...bare, before, after, isWord: true, isTelling: saying.test(words) };
  if (isUsual(tokens, inside)) return bare;

  const power = powerOf(tokens, inside);
  const unit = magnitude(after) ?? magnitude(before);
  // A scale without a word for it gets one, so that the figure means by itself what is stored.
  const missing = power > 0 && unit === undefined && !after.trim() ? magnitudeWord(power) : undefined;
  const least = inside.every(({ text }) => text === '0') && inside.length >= 3 ? inside.length : 1;
  return {
    before,
    after: missing ?? after,
    power,
    least,
    isWord: false,
    isTelling: power !== 0 || least > 1 || unit !== undefined || figures.test(words) || foreign.test(words),
    contradicts: power > 0 && unit !== power && missing === undefined,
  };
}

const bare: NumberShape = { before: '', after: '', power: 0, least: 1, isWord: false, isTelling: false, contradicts: false };

/** Fractions, exponents and telephone numbers, with signs among their figures, are the number itself. */
function isUsual(tokens: FormatToken[], inside: FormatToken[]): boolean {
  const point = inside.findIndex(isWrittenPoint);
  const hasSigns = inside.some(({ kind, text }, index) => kind === 'literal' && index !== point && text.trim() !== '');
  return hasSigns || tokens.some(({ kind }) => kind === 'exponent');
}

function powerOf(tokens: FormatToken[], inside: FormatToken[]): number {
  const point = inside.findIndex(isWrittenPoint);
  const places = point < 0 ? 0 : inside.slice(point).filter(isFigure).length;
  const percents = tokens.filter(({ kind }) => kind === 'percent').length;
  return 3 * scalingCommas(tokens) + places - 2 * percents;
}

/** The text that stands beside the figures. The sign and the brackets of negative numbers are left out: the number has its own. */
const literals = (tokens: FormatToken[]): string =>
  tokens.map(({ kind, text }) => ((kind === 'literal' && !/^[-()]$/.test(text)) || kind === 'percent' ? text : '')).join('');

/** A comma with no figure behind it divides by a thousand; between figures it only groups them. */
function scalingCommas(tokens: FormatToken[]): number {
  const signs = tokens.filter(({ kind }) => kind === 'digit' || kind === 'point' || kind === 'comma');
  let commas = 0;
  for (const [index, { kind }] of signs.entries()) {
    if (kind !== 'comma') continue;
    const next = signs.slice(index + 1).find(sign => sign.kind !== 'comma');
    const isAfterFigure = signs.slice(0, index).some(sign => sign.kind === 'digit');
    if (isAfterFigure && next?.kind !== 'digit') commas++;
  }
  return commas;
}
