import { Worker } from 'node:worker_threads';
import type { PackedTable } from './chunks.ts';
import { FileProblem, type FileReason, type Place, tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';
import { ParseTurns } from './parse-turns.ts';
import { damaged } from './zip.ts';

interface Answer {
  table?: PackedTable;
  problem?: { reason: FileReason; message: string; place: Place };
}

/** What reading a file may take. */
interface Bounds {
  parseMilliseconds: number;
  parserHeapMiB: number;
}

/** A file takes more to read than it may. */
class Overrun extends Error {}

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const workerFile = new URL(`./parse-worker.${extension}`, import.meta.url);

const turns = new ParseTurns();

/** Parses a file in a thread of its own, with bounds on memory and time. Large ones are read one at a time, and viewers take turns. */
export async function readTable(file: Buffer, viewer = ''): Promise<PackedTable> {
  if (file.length <= limits.small.fileBytes) {
    const table = await turns.take(viewer, false, () => parse(file, limits.small).catch(unlessOverrun));
    if (table) return table;
    // Few bytes may be a large workbook, packed.
  }
  return turns.take(viewer, true, () => parse(file, limits)).catch(asTooLarge);
}

function unlessOverrun(error: unknown): undefined {
  if (!(error instanceof Overrun)) throw error;
}

function asTooLarge(error: unknown): never {
  throw error instanceof Overrun ? tooLarge(error.message) : error;
}

function parse(file: Buffer, { parseMilliseconds, parserHeapMiB }: Bounds): Promise<PackedTable> {
  const bytes = new Uint8Array(file).buffer;
  const worker = new Worker(workerFile, {
    workerData: bytes,
    transferList: [bytes],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: parserHeapMiB, maxYoungGenerationSizeMb: 16 },
  });
  return new Promise<PackedTable>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Overrun('reading it takes too long')), parseMilliseconds);
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      settled();
    };
    worker.once('message', ({ table, problem }: Answer) =>
      settle(() => (table ? resolve(table) : reject(new FileProblem(problem!.reason, problem!.message, problem!.place)))),
    );
    worker.once('error', (error: NodeJS.ErrnoException) =>
      settle(() =>
        reject(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new Overrun('reading it needs too much memory')
            : damaged('it cannot be parsed'),
        ),
      ),
    );
    worker.once('exit', () => settle(() => reject(damaged('it cannot be parsed'))));
  }).finally(() => worker.terminate());
}
