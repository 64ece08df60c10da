const MiB = 1024 * 1024;

/** Bounds of an uploaded table. They protect the gateway and every subgraph behind it; the messages name them. */
export const limits = {
  fileBytes: 32 * MiB,
  /** What the parts of a workbook may inflate to, together. */
  inflatedBytes: 256 * MiB,
  zipEntries: 5_000,
  dataRows: 100_000,
  /** Title and header rows above the data do not count as data. */
  headerRows: 20,
  /** Rows of a sheet in Excel; empty rows count here and nowhere else. */
  sheetRows: 1_048_576,
  columns: 200,
  cells: 5_000_000,
  cellCharacters: 10_000,
  characters: 100_000_000,
  parseMilliseconds: 60_000,
  parserHeapMiB: 1_024,
  /** A file that does not wait for a large one; when reading it takes more, it does. */
  small: { fileBytes: MiB, parseMilliseconds: 10_000, parserHeapMiB: 192 },
  /** One call to a subgraph. */
  chunkRows: 2_000,
  chunkCharacters: 400_000,
} as const;
