// The load, in a process of its own: signs its tokens first, then sends as fast as the connections allow, each request with another token.
import { once } from 'node:events';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import autocannon from 'autocannon';
import { viewers, type Work } from './work.ts';

export interface LoadTask {
  url: string;
  body: string;
  viewer: Work['viewer'];
  connections: number;
  /** Either for so long or so many requests. */
  seconds?: number;
  requests?: number;
}

export interface LoadResult {
  requests: number;
  failures: number;
  seconds: number;
  p50: number;
  p95: number;
  p99: number;
}

const [dataDirectory = '', count = '0'] = process.argv.slice(2);
const key = await installationKey(dataDirectory);
const sign = (claims: (typeof viewers)[Work['viewer']]) =>
  Promise.all(
    Array.from({ length: Number(count) }, (_, at) => signToken(key, { ...claims, actor: `bench-${at}`, minutes: 1_440 })),
  );
const tokens = { county: await sign(viewers.county), city: await sign(viewers.city) };
let sent = 0;

const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function load({ url, body, viewer, connections, seconds = 60, requests }: LoadTask): Promise<LoadResult> {
  const taken: number[] = [];
  let failures = 0;
  const own = tokens[viewer];
  const start = performance.now();
  const run = autocannon(
    {
      url,
      method: 'POST',
      connections,
      duration: seconds,
      ...(requests && { amount: requests }),
      timeout: 20,
      body,
      requests: [
        {
          setupRequest: request => ({
            ...request,
            headers: { 'content-type': 'application/json', authorization: `Bearer ${own[sent++ % own.length]}` },
          }),
        },
      ],
    },
    () => undefined,
  );
  run.on('response', (_client, status, _bytes, milliseconds) => {
    if (status === 200) taken.push(milliseconds);
    else failures++;
  });
  run.on('reqError', () => failures++);
  await once(run, 'done');
  const elapsed = (performance.now() - start) / 1000;
  taken.sort((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map(share => percentile(taken, share)) as [number, number, number];
  return { requests: taken.length, failures, seconds: elapsed, p50, p95, p99 };
}

process.on('message', async (task: LoadTask) => process.send!(await load(task)));
process.once('disconnect', () => process.exit());
process.send!('ready');
