import type { Moment } from './moment.ts';
import type { ShownMoment } from './shown-moment.ts';

const padded = (value: number, width = 2) => String(value).padStart(width, '0');

/**
 * `YYYY-MM-DD`, `YYYY-MM-DD HH:MM` or `HH:MM`. Where a cell shows no more than a month or a year, `YYYY-MM` or `YYYY`: it is a period,
 * and the first day of it is nothing that anybody typed.
 */
export function momentText({ day, seconds }: Moment, shown?: ShownMoment): string {
  const clock = `${padded(Math.floor(seconds / 3600))}:${padded(Math.floor(seconds / 60) % 60)}`;
  if (!day) return clock;
  const date = [padded(day.year, 4), padded(day.month), padded(day.day)];
  if (shown && !shown.time) {
    if (shown.year && !shown.day) return date.slice(0, shown.month ? 2 : 1).join('-');
    return date.join('-');
  }
  // A time without a day is stored before the first one.
  const isTimeOnly = day.day === 0 || (shown && !shown.year && !shown.month && !shown.day);
  if (isTimeOnly) return clock;
  return seconds < 60 ? date.join('-') : `${date.join('-')} ${clock}`;
}

/** Hours beyond a day, as `26:30`, or a count of one unit. */
export function elapsedText(days: number, unit: NonNullable<ShownMoment['elapsed']>): string {
  const seconds = Math.round(days * 86_400);
  if (unit === 's') return String(seconds);
  if (unit === 'm') return String(Math.floor(seconds / 60));
  if (unit === 'h') return String(Math.floor(seconds / 3600));
  return `${padded(Math.floor(seconds / 3600))}:${padded(Math.floor(seconds / 60) % 60)}`;
}
