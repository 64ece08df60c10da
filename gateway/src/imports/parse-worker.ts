import { parentPort, workerData } from 'node:worker_threads';
import { packTable } from './chunks.ts';
import { readDelimited } from './delimited.ts';
import { fileKind } from './file-kind.ts';
import { FileProblem } from './file-problem.ts';

const file = Buffer.from(workerData as ArrayBuffer);

try {
  const table = fileKind(file) === 'zip' ? await (await import('./workbook.ts')).readWorkbook(file) : readDelimited(file);
  const packed = packTable(table);
  parentPort?.postMessage(
    { table: packed },
    packed.chunks.map(chunk => chunk.json.buffer as ArrayBuffer),
  );
} catch (error) {
  if (!(error instanceof FileProblem)) throw error;
  const { reason, message, place } = error;
  parentPort?.postMessage({ problem: { reason, message, place } });
}
