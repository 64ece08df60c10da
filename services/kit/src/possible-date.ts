/** China has one time zone and no summer time. */
const offset = 8 * 3_600_000;

/** Today's date in China, YYYY-MM-DD, whatever the zone of the server is. */
export const todayInChina = (now = Date.now()): string => new Date(now + offset).toISOString().slice(0, 10);

/** Nothing that the hub keeps is older. */
export const earliestDate = '1900-01-01';

export type DateFault = 'DATE_TOO_EARLY' | 'DATE_IN_FUTURE';

/** What is wrong with a day as the date of something: one rule for ledgers and for the API. `mayCome`: a future is meant as well. */
export function dateFault(date: string, mayCome = false, today = todayInChina()): DateFault | undefined {
  if (date < earliestDate) return 'DATE_TOO_EARLY';
  // Ten years are a long plan; what is later is a slip of the finger.
  const latest = mayCome ? `${Number(today.slice(0, 4)) + 10}-12-31` : today;
  return date > latest ? 'DATE_IN_FUTURE' : undefined;
}
