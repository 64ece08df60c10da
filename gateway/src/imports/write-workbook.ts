import { Worker } from 'node:worker_threads';

/** A cell of a workbook that the hub writes; all are texts, so that codes keep their digits and nothing is a formula. */
export interface WrittenCell {
  value: string;
  bold?: boolean;
  /** Of the background, as #RRGGBB. */
  colour?: string | undefined;
}

export interface WrittenSheet {
  name: string;
  rows: WrittenCell[][];
  /** Of each column, in characters. */
  widths?: number[];
  /** Rows at the top that stay in view. */
  sticky?: number;
  /** Columns (from 1) whose cells below the header are chosen from these words. */
  choices?: { column: number; words: string[] }[];
}

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const workerFile = new URL(`./workbook-worker.${extension}`, import.meta.url);

/** Writes an XLSX file in a thread of its own: a large one takes seconds. */
export function writeWorkbook(sheets: WrittenSheet[]): Promise<Buffer> {
  const worker = new Worker(workerFile, { workerData: sheets, env: {} });
  return new Promise<Buffer>((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The workbook was not written.')));
  });
}

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
