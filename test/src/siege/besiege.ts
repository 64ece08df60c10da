import { Worker } from 'node:worker_threads';

export interface Besieging {
  /** Which of the starvings. */
  index: number;
  url: string;
  token: string;
  milliseconds: number;
}

/**
 * Does one of the starvings in a thread of its own: in that of the polite viewer, whoever is starved would be this process itself. Answers
 * what was met, and how often.
 */
export function besiege(besieging: Besieging): Promise<Map<string, number>> {
  const program = new URL(import.meta.url.endsWith('.ts') ? './besieger.ts' : './besieger.js', import.meta.url);
  const worker = new Worker(program, { workerData: besieging });
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('whoever starves the others has ended early'));
    worker.once('message', resolve).once('error', reject).once('exit', ended);
  });
}
