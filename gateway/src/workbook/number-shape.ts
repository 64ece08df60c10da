import type { FormatToken } from './format-tokens.ts';
import { magnitude, magnitudeWord } from './magnitude.ts';
import { numberText } from './number-text.ts';

const foreign = /[$€£₩₽₹฿]|JPY|USD|HKD|EUR|GBP|KRW|RUB|美元|欧元|港[币元]|日元|英镑|韩[币元]|卢布/;
/** What is read as a word or a figure; a dash or the sign of a currency alone is only how nothing is written. */
const saying = /[\p{L}\p{N}\p{So}\p{Sm}]/u;

/**
 * What the signs of a number format make of a number. People read `3.5万元` where 35000 is stored, so a number is handed on with the
 * unit it is shown in: that alone tells how large it is meant to be. All its digits stay, for a rounded display is a matter of looks.
 */
export class NumberShape {
  readonly #before: string;
  readonly #after: string;
  /** The power of ten by which the shown figure is smaller than the stored one. */
  readonly #power: number;
  /** Figures before the point, at least. */
  readonly #least: number;
  readonly #isShown: boolean;
  readonly #isWord: boolean;
  readonly #contradicts: boolean;

  constructor(tokens: FormatToken[]) {
    const isFigure = ({ kind }: FormatToken) => kind === 'digit' || kind === 'general';
    const first = tokens.findIndex(isFigure);
    const last = tokens.findLastIndex(isFigure);
    const inside = tokens.slice(Math.max(first, 0), last + 1);
    const dropped = inside.findIndex(({ kind, text }) => kind === 'literal' && /^[.．。]$/.test(text));
    const isOdd = inside.some(
      ({ kind, text }, index) => kind === 'exponent' || (kind === 'literal' && index !== dropped && text.trim()),
    );
    const percents = tokens.filter(({ kind }) => kind === 'percent').length;
    const places = dropped < 0 ? 0 : inside.slice(dropped).filter(isFigure).length;
    const isPlain = isOdd || tokens.some(({ kind }) => kind === 'exponent');

    this.#isWord = first < 0;
    this.#before = literals(tokens.slice(0, Math.max(first, 0)));
    this.#after = literals(tokens.slice(last + 1));
    this.#power = isPlain ? 0 : 3 * scalingCommas(tokens) + places - 2 * percents;
    const unit = magnitude(this.#after) ?? magnitude(this.#before);
    this.#contradicts = this.#power > 0 && (unit === undefined ? this.#missingUnit() === undefined : unit !== this.#power);
    if (this.#power > 0 && unit === undefined && !this.#contradicts) this.#after = this.#missingUnit()!;
    const figures = inside.slice(0, dropped < 0 ? undefined : dropped);
    const zeros = figures.filter(({ text }) => text === '0').length;
    const isCode = zeros >= 3 && inside.every(({ text }) => text === '0');
    const words = this.#before + this.#after;
    this.#least = isCode ? zeros : 1;
    this.#isShown =
      !isPlain &&
      (this.#power !== 0 || percents > 0 || isCode || unit !== undefined || /[\d%％‰]/.test(words) || foreign.test(words));
  }

  shown(value: number): string | undefined {
    const words = this.#before + this.#after;
    if (this.#isWord) return saying.test(words) ? words.trim() : undefined;
    if (!this.#isShown) return undefined;
    const sign = value < 0 ? '-' : '';
    const [whole = '', fraction] = numberText(Math.abs(value) / 10 ** this.#power).split('.');
    const figures = whole.padStart(this.#least, '0') + (fraction === undefined ? '' : `.${fraction}`);
    const text = `${sign}${this.#before}${figures}${this.#after}`.trim();
    // Shown as one thing and stored as another, a figure is for people to sort out: both stand in the text, which is no number.
    return this.#contradicts ? `${text} (${numberText(value)})` : text;
  }

  /** A scale without a word for it gets one, so that the figure means by itself what is stored. */
  #missingUnit(): string | undefined {
    return this.#after.trim() ? undefined : magnitudeWord(this.#power);
  }
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
