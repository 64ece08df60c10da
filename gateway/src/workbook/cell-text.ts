import { decodeEscapes } from './decode-escapes.ts';
import { momentOfIso, momentOfSerial } from './moment.ts';
import { elapsedText, momentText } from './moment-text.ts';
import type { NumberFormat } from './number-format.ts';
import { isLong, numberText } from './number-text.ts';

/** What the cells of a workbook refer to. */
export interface Book {
  strings: string[];
  formats: NumberFormat[];
  isFrom1904: boolean;
  /** The workbook asks for its formulas to be calculated when it is opened: nobody has done so since a program wrote it. */
  isUncalculated: boolean;
}

/** A cell as it stands in the XML. */
export interface Cell {
  type: string;
  style: number;
  value: string;
  inline: string;
  isFormula: boolean;
  hasValue: boolean;
}

/** What the importing side takes for an error of the spreadsheet. Others are handed on as the most general of them. */
const knownErrors = /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/;

/** A formula that was written by a program and never calculated: its cell looks empty, or is 0, and is neither. */
const uncalculated = '#NOVALUE!';

/** The text of a cell, as a person sees it. Undefined for a reference to a text that the workbook does not have. */
export function cellText(cell: Cell, book: Book): string | undefined {
  const { type, value } = cell;
  if (cell.isFormula && isUncalculated(cell, book)) return uncalculated;
  if (type === 's') return value.trim() === '' ? '' : book.strings[Number(value)];
  if (type === 'inlineStr') return cell.inline || decodeEscapes(value);
  if (type === 'str') return decodeEscapes(value);
  if (type === 'b') return booleanText(value.trim());
  if (type === 'e') return knownErrors.test(value.trim()) ? value.trim() : '#VALUE!';
  if (value.trim() === '') return cell.inline;
  return type === 'd' ? isoText(value, cell, book) : figureText(value.trim(), cell, book);
}

function isUncalculated({ type, value, hasValue }: Cell, book: Book): boolean {
  if (type === 'e') return false;
  if (!hasValue) return true;
  if (type === 'str') return false;
  return value.trim() === '' || (book.isUncalculated && Number(value) === 0);
}

function booleanText(value: string): string {
  if (value === '1' || value === 'true') return 'TRUE';
  return value === '0' || value === 'false' ? 'FALSE' : value;
}

/** What is no date is handed on as it stands, and refused where a date is asked for. */
function isoText(value: string, { style }: Cell, { formats }: Book): string {
  const moment = momentOfIso(value);
  return moment ? momentText(moment, formats[style]?.moment(1)) : value.trim();
}

function figureText(value: string, { style }: Cell, { formats, isFrom1904 }: Book): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const format = formats[style];
  if (!format || isLong(number)) return numberText(number);
  const shown = format.moment(number);
  if (!shown) return format.shown(number) ?? numberText(number);
  if (shown.elapsed && number >= 0) return elapsedText(number, shown.elapsed);
  const moment = momentOfSerial(number, isFrom1904);
  return moment ? momentText(moment, shown) : numberText(number);
}
