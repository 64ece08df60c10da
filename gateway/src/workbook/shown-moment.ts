import type { FormatToken } from './format-tokens.ts';

/** What a format shows of a date and a time. */
export interface ShownMoment {
  year: boolean;
  month: boolean;
  day: boolean;
  time: boolean;
  /** `[h]:mm` goes on past 24 hours. A unit that stands alone, as in `[m]`, counts that unit only. */
  elapsed?: 'clock' | 'h' | 'm' | 's';
}

export function shownMoment(tokens: FormatToken[]): ShownMoment | undefined {
  const parts = tokens.filter(({ kind }) => kind === 'date' || kind === 'elapsed');
  if (!parts.length) return undefined;
  const shown: ShownMoment = { year: false, month: false, day: false, time: false };
  for (const [index, { kind, text }] of parts.entries()) {
    const letter = text[0]!;
    if (kind === 'elapsed') shown.elapsed = parts.length === 1 ? (letter as 'h' | 'm' | 's') : 'clock';
    else if (letter === 'm' && !isMinute(parts, index)) shown.month = true;
    else if ('hms'.includes(letter)) shown.time = true;
    else if ('da'.includes(letter)) shown.day = true;
    else shown.year = true;
  }
  return shown;
}

/** `m` is the month, unless it follows hours or seconds follow it. */
const isMinute = (parts: FormatToken[], index: number) => parts[index - 1]?.text[0] === 'h' || parts[index + 1]?.text[0] === 's';
