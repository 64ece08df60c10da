/** A day, a time of day, or both: what stands on a calendar and a clock, in no zone. */
export interface Moment {
  day?: { year: number; month: number; day: number };
  /** Seconds since the day began, where there is a day. */
  seconds: number;
}

const secondsOfDay = 86_400;
/** 9999-12-31, the last day a spreadsheet knows. */
const lastSerial = 2_958_465;
const daysTo1904 = 1_462;

/** A spreadsheet's count of days since 1900 (or 1904) as a moment; undefined where it shows none. */
export function momentOfSerial(serial: number, isFrom1904: boolean): Moment | undefined {
  const days = serial + (isFrom1904 ? daysTo1904 : 0);
  if (!(days >= 0 && days < lastSerial + 1)) return undefined;
  // Times are fractions of a day: 08:30 arrives as 08:29:59.999.
  const total = Math.round(days * secondsOfDay);
  return { day: dayOf(Math.floor(total / secondsOfDay)), seconds: total % secondsOfDay };
}

/** Spreadsheets take 1900 for a leap year, and show the day before its first one as 1900-01-00. */
function dayOf(serial: number): Moment['day'] {
  if (serial === 60) return { year: 1900, month: 2, day: 29 };
  if (serial === 0) return { year: 1900, month: 1, day: 0 };
  const date = new Date(Date.UTC(1899, 11, serial < 60 ? 31 + serial : 30 + serial));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const isoDay = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const isoTime = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?`;
const iso = new RegExp(`^(?:${isoDay})?(?:(?:^|[T ])T?${isoTime})?$`);

/** A date cell that is written out. A zone behind it is read past: the cell shows what stands before it. */
export function momentOfIso(text: string): Moment | undefined {
  const parts = iso.exec(text.trim());
  if (!parts?.[0]) return undefined;
  const [year, month, day, hours, minutes, seconds] = parts.slice(1).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { day: parts[1] ? { year, month, day } : undefined, seconds: (hours * 60 + minutes) * 60 + seconds };
}
