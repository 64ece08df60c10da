import { parentPort, workerData } from 'node:worker_threads';
import { packTable } from './chunks.ts';
import { FileProblem } from './file-problem.ts';
import { parseFile } from './parse-file.ts';

const file = Buffer.from(workerData as ArrayBuffer);

try {
  const packed = packTable(await parseFile(file));
  parentPort?.postMessage(
    { table: packed },
    packed.chunks.map(chunk => chunk.json.buffer as ArrayBuffer),
  );
} catch (error) {
  if (!(error instanceof FileProblem)) throw error;
  const { reason, message, place } = error;
  parentPort?.postMessage({ problem: { reason, message, place } });
}
