import { Worker } from 'node:worker_threads';
import type { PackedTable } from './chunks.ts';
import { FileProblem, type FileReason, type Place, tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';
import { damaged } from './zip.ts';

interface Answer {
  table?: PackedTable;
  problem?: { reason: FileReason; message: string; place: Place };
}

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const workerFile = new URL(`./parse-worker.${extension}`, import.meta.url);

let before: Promise<unknown> = Promise.resolve();

/** Parses a file in a thread of its own, with bounds on memory and time. One at a time: parsing is what costs memory here. */
export function readTable(file: Buffer): Promise<PackedTable> {
  const table = before.then(() => parse(file));
  before = table.catch(() => undefined);
  return table;
}

function parse(file: Buffer): Promise<PackedTable> {
  const bytes = new Uint8Array(file).buffer;
  const worker = new Worker(workerFile, {
    workerData: bytes,
    transferList: [bytes],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.parserHeapMiB, maxYoungGenerationSizeMb: 16 },
  });
  return new Promise<PackedTable>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooLarge('reading it takes too long')), limits.parseMilliseconds);
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
            ? tooLarge('reading it needs too much memory')
            : damaged('it cannot be parsed'),
        ),
      ),
    );
    worker.once('exit', () => settle(() => reject(damaged('it cannot be parsed'))));
  }).finally(() => worker.terminate());
}
