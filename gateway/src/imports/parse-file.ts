import { readDelimited } from './delimited.ts';
import { fileKind } from './file-kind.ts';
import type { Table } from './table.ts';

/** The table in a file, or a FileProblem that says why there is none. */
export async function parseFile(file: Buffer): Promise<Table> {
  if (fileKind(file) === 'text') return readDelimited(file);
  // Whoever sends a CSV does not wait for the reader of workbooks to load.
  const { readWorkbook } = await import('../workbook/read-workbook.ts');
  return readWorkbook(file);
}
