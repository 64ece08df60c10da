import { limits } from './limits.ts';
import type { Table } from './table.ts';

export interface Chunk {
  /** Row of the sheet, from 1. */
  firstRow: number;
  rows: string[][];
}

/** Cuts a sheet into pieces a subgraph accepts; long runs of empty rows are left out. Rows of a piece are equally wide. */
export function* chunksOf(sheet: string[][]): Generator<Chunk> {
  const width = sheet.reduce((widest, row) => Math.max(widest, row.length), 0);
  let chunk: Chunk | undefined;
  let characters = 0;
  let empty = 0;
  for (const [index, row] of sheet.entries()) {
    empty = row.length ? 0 : empty + 1;
    const size = row.reduce((sum, cell) => sum + cell.length + 3, 0);
    const isFull = chunk && (chunk.rows.length >= limits.chunkRows || characters + size > limits.chunkCharacters);
    if (chunk && (isFull || empty > 50)) {
      yield trimmed(chunk);
      chunk = undefined;
    }
    if (!chunk) {
      if (!row.length) continue;
      chunk = { firstRow: index + 1, rows: [] };
      characters = 0;
    }
    chunk.rows.push(row.length === width ? row : [...row, ...new Array<string>(width - row.length).fill('')]);
    characters += size + (width - row.length) * 3;
  }
  if (chunk) yield trimmed(chunk);
}

function trimmed(chunk: Chunk): Chunk {
  let end = chunk.rows.length;
  while (chunk.rows[end - 1]!.every(cell => cell === '')) end--;
  return { ...chunk, rows: chunk.rows.slice(0, end) };
}

/** A table on its way between threads: pieces as JSON bytes, which are handed over, not copied, and are no load for the heap. */
export interface PackedTable {
  rowCount: number;
  sheet?: string;
  otherSheets: string[];
  remarks: string[];
  chunks: { firstRow: number; rowCount: number; json: Uint8Array }[];
}

export function packTable({ rows, sheet, otherSheets, remarks }: Table): PackedTable {
  const encoder = new TextEncoder();
  const chunks = Array.from(chunksOf(rows), chunk => ({
    firstRow: chunk.firstRow,
    rowCount: chunk.rows.length,
    json: encoder.encode(JSON.stringify(chunk.rows)),
  }));
  return { rowCount: rows.length, sheet, otherSheets, remarks, chunks };
}

export const unpackRows = (json: Uint8Array): string[][] => JSON.parse(new TextDecoder().decode(json));
