import { CsvError, parse } from 'csv-parse/sync';
import { columnName } from './column-name.ts';
import { delimiterOf } from './delimiter-of.ts';
import { FileProblem, tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';
import { type Table, TableBuilder } from './table.ts';
import { textOfFile } from './text-of-file.ts';

/** Reads a CSV file, whatever its encoding, its separator and its line ends, which may be mixed. */
export function readDelimited(file: Buffer): Table {
  const text = textOfFile(file);
  const builder = new TableBuilder();
  const delimiter = delimiterOf(text);
  const mayBeQuoted = text.includes('"');
  let width = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: lineEndsOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: limits.columns * limits.cellCharacters,
      on_record: (record: string[]) => {
        if (mayBeQuoted) assertNoRowsInside(record, builder.rows.length + 1, delimiter, width);
        width = Math.max(width, record.length);
        // Excel is told its separator by a first line of this form.
        builder.add(builder.rows.length === 0 && /^sep=.?$/i.test(record[0]!) ? [] : record.map(unwrapped));
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? csvProblem(error) : error;
  }
  return builder.finish();
}

/** Programs write `="0123"`, so that a spreadsheet keeps the text. */
const unwrapped = (cell: string) => (cell.startsWith('="') && cell.endsWith('"') && cell.length > 2 ? cell.slice(2, -1) : cell);

/** Those that occur: looking for one is quicker than looking for three. */
function lineEndsOf(text: string): string[] {
  if (!text.includes('\r')) return ['\n'];
  return /\r(?!\n)|(?<!\r)\n/.test(text) ? ['\r\n', '\n', '\r'] : ['\r\n'];
}

/** A quotation mark that is opened and not closed takes in the following rows, up to where the next one stands. */
function assertNoRowsInside(record: string[], row: number, delimiter: string, width: number): void {
  if (width < 4) return;
  for (const [index, cell] of record.entries()) {
    if (!/[\r\n]/.test(cell)) continue;
    const swallowed = cell.split(/\r\n|\r|\n/).slice(1);
    if (swallowed.some(line => line.split(delimiter).length >= width - 1)) throw openQuote(row, columnName(index + 1));
  }
}

function csvProblem(error: CsvError): FileProblem {
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLarge('one of its rows is too long');
  return openQuote(typeof error.lines === 'number' ? error.lines : undefined);
}

function openQuote(row?: number, column?: string): FileProblem {
  const [chinese, english] = row
    ? [
        `第 ${row} 行${column ? ` ${column} 列` : '附近'}`,
        ` ${column ? 'in' : 'near'} row ${row}${column ? `, column ${column}` : ''}`,
      ]
    : ['', ''];
  return new FileProblem(
    'FILE_UNREADABLE',
    `CSV ${chinese}引号不配对，或格式有误，请检查后另存为 .csv 或 .xlsx。The CSV is malformed${english} (a quotation mark is not closed?): correct it, or save as .xlsx.`,
    { row, column },
  );
}
