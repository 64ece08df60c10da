import { HubError } from '@hub/kit/errors';
import { todayInChina } from '@hub/kit/possible-date';

const form = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/;

/** Last day, YYYY-MM-DD, of a year (2023), half year (2023-H1), quarter (2023-Q1) or month (2023-02). */
export function periodEnd(period: string): string {
  const [, year, half, quarter, month] = form.exec(period) ?? [];
  const lastMonth = month ? Number(month) : quarter ? Number(quarter) * 3 : half ? Number(half) * 6 : 12;
  return new Date(Date.UTC(Number(year), lastMonth, 0)).toISOString().slice(0, 10);
}

export type PeriodFault = 'NOT_A_PERIOD' | 'PERIOD_NOT_ENDED';

/** What is wrong with a period as that of a figure; one rule for the ledger and the API. */
export function periodFault(period: string, today = todayInChina()): PeriodFault | undefined {
  const year = Number(form.exec(period)?.[1] ?? 0);
  if (year < 1949 || year > Number(today.slice(0, 4)) + 1) return 'NOT_A_PERIOD';
  return periodEnd(period) >= today ? 'PERIOD_NOT_ENDED' : undefined;
}

/** The last day of the period of a figure that is reported. */
export function endOfReported(period: string): string {
  const reason = periodFault(period);
  if (reason === 'NOT_A_PERIOD')
    throw new HubError(
      'INVALID_INPUT',
      `"${period}" is not a period from 1949 to now: write 2023, 2023-H1, 2023-Q1 or 2023-02 (“${period}”不是1949年至今的统计期).`,
      { reason },
    );
  const end = periodEnd(period);
  if (reason)
    throw new HubError(
      'INVALID_INPUT',
      `The period ${period} ends on ${end} and has no figures yet (统计期“${period}”至${end}尚未结束).`,
      { reason },
    );
  return end;
}
