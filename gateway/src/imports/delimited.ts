import { CsvError, parse } from 'csv-parse/sync';
import { unreadable } from './file-kind.ts';
import { FileProblem, tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';
import { type Table, TableBuilder } from './table.ts';

/** Reads a CSV file: UTF-8, UTF-16 with a byte order mark, or GB18030 (what Excel and WPS write on Chinese Windows). */
export function readDelimited(file: Buffer): Table {
  const text = textOf(file);
  const builder = new TableBuilder();
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: limits.columns * limits.cellCharacters,
      on_record: (record: string[]) => {
        builder.add(record);
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? csvProblem(error) : error;
  }
  return builder.finish();
}

function textOf(file: Buffer): string {
  const encoding = byteOrderMark(file);
  const text = encoding ? decode(file, encoding) : (decode(file, 'utf-8') ?? decode(file, 'gb18030'));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells a binary file from a text.
  if (text === undefined || /[\u0000-\u0008\u000e-\u001f]/.test(text)) throw unreadable('二进制文件 (a binary file)');
  if (/^\s*<[!?a-z]/i.test(text)) throw unreadable('网页或 XML (a web page or XML, often named .xls)');
  if (/^\s*[[{]\s*["{[]/.test(text)) throw unreadable('JSON');
  return text;
}

function byteOrderMark(file: Buffer): string | undefined {
  if (file[0] === 0xff && file[1] === 0xfe) return 'utf-16le';
  if (file[0] === 0xfe && file[1] === 0xff) return 'utf-16be';
  if (file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf) return 'utf-8';
  return undefined;
}

function decode(file: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

/** The separator that stands most often in the first lines, outside quotes. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => start.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function csvProblem(error: CsvError): FileProblem {
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLarge('one of its rows is too long');
  const row = typeof error.lines === 'number' ? error.lines : undefined;
  return new FileProblem(
    'FILE_UNREADABLE',
    `CSV 引号不配对，或格式有误，请检查后另存为 .csv 或 .xlsx。The CSV is malformed${row ? ` near line ${row}` : ''} (a quotation mark is not closed?): correct it, or save as .xlsx.`,
    { row },
  );
}
