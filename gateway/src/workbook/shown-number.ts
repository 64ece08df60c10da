import type { NumberShape } from './number-shape.ts';
import { numberText } from './number-text.ts';

/**
 * The text a person sees, where it says more than the bare number. People read `3.5万元` where 35000 is stored, so a number is handed on
 * with the unit it is shown in: that alone tells how large it is meant to be. All its digits stay, for a rounded display is a matter of looks.
 */
export function shownNumber(
  value: number,
  { before, after, power, least, isWord, isTelling, contradicts }: NumberShape,
): string | undefined {
  if (!isTelling) return undefined;
  if (isWord) return `${before}${after}`.trim();
  const [whole = '', fraction] = numberText(Math.abs(value) / 10 ** power).split('.');
  const figures = whole.padStart(least, '0') + (fraction === undefined ? '' : `.${fraction}`);
  const text = `${value < 0 ? '-' : ''}${before}${figures}${after}`.trim();
  // Shown as one thing and stored as another, a figure is for people to sort out: both stand in the text, which is no number.
  return contradicts ? `${text} (${numberText(value)})` : text;
}
