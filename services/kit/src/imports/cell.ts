import { wrong } from './cell-problem.ts';
import type { Parse } from './parse.ts';

/** `#NOVALUE!` stands for a formula that was saved without what came of it; a column that is too narrow is exported as `####`. */
export const isSpreadsheetError = (text: string) =>
  /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|GETTING_DATA|NOVALUE!|#+$)/i.test(
    text,
  );

/** A text as it was written. */
export const text =
  (maximum = 200): Parse<string> =>
  value => {
    if (value.length > maximum) throw wrong('TEXT_TOO_LONG', { length: value.length, most: maximum });
    return value;
  };
