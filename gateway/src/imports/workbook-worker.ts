import { parentPort, workerData } from 'node:worker_threads';
import writeXlsxFile from 'write-excel-file/node';
import { dropDowns } from './drop-downs.ts';
import type { WrittenCell, WrittenSheet } from './write-workbook.ts';

const sheets = workerData as WrittenSheet[];

const cell = ({ value, bold, colour }: WrittenCell) => ({
  value,
  type: String,
  // A text, also where a person types into the cell: a code keeps its digits.
  format: '@',
  wrap: value.includes('\n'),
  ...(bold && { fontWeight: 'bold' as const }),
  ...(colour && { backgroundColor: colour }),
});

const bytes = await writeXlsxFile(
  sheets.map(({ name, rows, widths, sticky = 0 }) => ({
    sheet: name,
    data: rows.map(row => row.map(cell)),
    columns: widths?.map(width => ({ width })),
    stickyRowsCount: sticky,
  })),
  { features: [dropDowns(sheets)] } as never,
).toBuffer();
parentPort?.postMessage(bytes);
