// The thread of whoever starves the others, see besiege.ts.
import { parentPort, workerData } from 'node:worker_threads';
import type { Besieging } from './besiege.ts';
import { starvings } from './starvings.ts';

const { index, url, token, milliseconds } = workerData as Besieging;
const outcomes = new Map<string, number>();
const over = new AbortController();
// Not AbortSignal.timeout, which would let the thread end before its time when nothing is open.
setTimeout(() => over.abort(), milliseconds);
const { signal } = over;
const met = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
await starvings[index]!.lay({ url, token, signal, met });
parentPort!.postMessage(outcomes);
