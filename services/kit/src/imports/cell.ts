/** What is wrong with one cell: a code for programs, words for people. */
export class CellProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly suggestion: string,
  ) {
    super(message);
  }
}

/** Turns the text of a cell, cleaned and not empty, into a value; throws a CellProblem. `scale` is what the header's unit says. */
export type Parse<V> = (text: string, scale: number) => V;

/** Most cells: nothing in them that could be unclean. */
const plain = /^[!-~]*$/;

/** As people type: full-width characters, ideographic spaces, zero-width marks, stray blanks. */
export const clean = (cell: string) =>
  plain.test(cell)
    ? cell
    : cell
        .normalize('NFKC')
        .replace(/[\u200B-\u200D\uFEFF]/g, '')
        .replace(/\s+/g, ' ')
        .trim();

export const isSpreadsheetError = (text: string) => /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)/i.test(text);

export const text =
  (maximum = 200): Parse<string> =>
  value => {
    if (value.length > maximum)
      throw new CellProblem(
        'TEXT_TOO_LONG',
        `The text has ${value.length} characters, at most ${maximum} fit.`,
        '缩短内容 / shorten the text',
      );
    return value;
  };

const numeric = (value: string) => Number(value.replace(/[,，\s]/g, '').replace(/(人|家|元|个|件)$/, ''));

export const decimal =
  (maximum = 1e15): Parse<number> =>
  (value, scale) => {
    const number = numeric(value);
    if (!Number.isFinite(number) || value === '')
      throw new CellProblem('NOT_A_NUMBER', `"${value}" is no number.`, '只填数字 / digits only');
    if (number < 0 || number * scale > maximum)
      throw new CellProblem('OUT_OF_RANGE', `${value} is outside 0 to ${maximum}.`, '核对数值 / check the value');
    return Number((number * scale).toPrecision(15));
  };

export const integer =
  (maximum = 10_000_000): Parse<number> =>
  (value, scale) => {
    const number = decimal(maximum)(value, scale);
    if (!Number.isInteger(number))
      throw new CellProblem('NOT_A_WHOLE_NUMBER', `"${value}" is no whole number.`, '填整数 / a whole number');
    return number;
  };

function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year > 1800 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

/** `2023.2.17`, `2023年2月17日`, `2023/2/17`, `2023-02-17`, `20230217`, or a spreadsheet's day number. Answers YYYY-MM-DD. */
export const date: Parse<string> = value => {
  const bare = value.replace(/[ T]\d{1,2}:\d{2}(:\d{2})?$/, '');
  const parts =
    /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare) ?? undefined;
  const serial = /^[2-6]\d{4}$/.test(bare) ? Number(bare) : undefined;
  const found = parts
    ? calendarDate(Number(parts[1]), Number(parts[2]), Number(parts[3]))
    : serial && new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10);
  if (!found) throw new CellProblem('NOT_A_DATE', `"${value}" is no date.`, '如 2023-02-17 / such as 2023-02-17');
  return found;
};

/** Hours and minutes as HH:MM. */
export const time: Parse<string> = value => {
  const parts = /^(?:\d{4}-\d{2}-\d{2} )?(\d{1,2})[:时](\d{2})?(?::\d{2}|分)?$/.exec(value);
  const [hours, minutes] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  if (!parts || hours > 23 || minutes > 59)
    throw new CellProblem('NOT_A_TIME', `"${value}" is no time of day.`, '如 14:30 / such as 14:30');
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};

/** One of some words; the Chinese word and its English code both count. */
export const oneOf =
  <V>(words: Record<string, V>): Parse<V> =>
  value => {
    const found = Object.keys(words).find(word => word.toLowerCase() === value.toLowerCase());
    if (found === undefined)
      throw new CellProblem(
        'UNKNOWN_WORD',
        `"${value}" is none of ${Object.keys(words).join('、')}.`,
        `填其中之一 / one of ${Object.keys(words).join(', ')}`,
      );
    return words[found]!;
  };

export const yesNo = oneOf<boolean>({
  是: true,
  否: false,
  有: true,
  无: false,
  yes: true,
  no: false,
  true: true,
  false: false,
  '1': true,
  '0': false,
});
