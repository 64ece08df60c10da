import { dateFault, earliestDate } from '../possible-date.ts';
import { wrong } from './cell-problem.ts';
import type { Parse } from './parse.ts';

function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year > 999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

const clock = /[ T]?(?:[上下]午)?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[AP]M)?$/i;
const weekday = /\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$/;

/** Day numbers of a spreadsheet from 1950 to 2078. */
const isSerial = (text: string) => /^\d{5}$/.test(text) && Number(text) >= 18_264 && Number(text) <= 65_380;

function read(text: string): string | undefined {
  const parts =
    /^(\d{4})\s*([-./年])\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/.exec(text) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(text);
  if (parts) return calendarDate(Number(parts[1]), Number(parts[3]), Number(parts[4]));
  return isSerial(text) ? new Date(Date.UTC(1899, 11, 30 + Number(text))).toISOString().slice(0, 10) : undefined;
}

function hintOf(text: string): string | undefined {
  if (/^\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{4}$/.test(text)) return 'order';
  if (/^'?\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?$/.test(text)) return 'year';
  return /^\d{4}\s*[-./年]\s*\d{1,2}\s*月?$/.test(text) ? 'day' : undefined;
}

const parse =
  (mayCome: boolean): Parse<string> =>
  value => {
    const whole = value.normalize('NFKC').trim();
    const bare = whole.length > 60 ? whole : whole.replace(weekday, '').replace(clock, '').replace(weekday, '').trim();
    const found = read(bare);
    if (!found) throw wrong('NOT_A_DATE', { value }, bare.length > 60 ? undefined : hintOf(bare));
    const fault = dateFault(found, mayCome);
    if (fault) throw wrong(fault, { value, least: earliestDate });
    return found;
  };

/** `2023.2.17`, `2023年2月17日`, `2023/2/17`, `2023-02-17`, `20230217`, with a time or a weekday behind, or a day number. Answers YYYY-MM-DD. */
export const date = parse(false);

/** The same for what is planned. */
export const plannedDate = parse(true);
