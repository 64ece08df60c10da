import { HubError } from '@hub/kit/errors';

/** Last day, YYYY-MM-DD, of a year (2023), quarter (2023-Q1) or month (2023-02). */
export function periodEnd(period: string): string {
  const found = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(period);
  if (!found) throw new HubError('INVALID_INPUT', `"${period}" is no period: write 2023, 2023-Q1 or 2023-02.`);
  const [, year, quarter, month] = found;
  const lastMonth = month ? Number(month) : quarter ? Number(quarter) * 3 : 12;
  return new Date(Date.UTC(Number(year), lastMonth, 0)).toISOString().slice(0, 10);
}
