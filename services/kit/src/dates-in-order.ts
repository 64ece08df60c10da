import { HubError } from './errors.ts';

/** Refuses an end that lies before its beginning; where one of them is not known, nothing is out of order. */
export function datesInOrder<K extends string>(dates: { [key in K]?: string | null }, begin: K, end: K): void {
  const [from, to] = [dates[begin], dates[end]];
  if (from && to && to < from)
    throw new HubError('INVALID_INPUT', `${end}: ${to} is before ${begin}, ${from} (${end} ${to} 早于 ${begin} ${from}).`, {
      reason: 'DATES_OUT_OF_ORDER',
    });
}
