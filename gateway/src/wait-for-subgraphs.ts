import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { notReady } from './health.ts';
import { SubgraphSource } from './subgraph-source.ts';

const patience = 2_000;

/** Returns when every subgraph is ready, or when told to leave. Names each one it has to wait for, once. */
export async function waitForSubgraphs(subgraphs: Record<string, string>, log: Logger, leaving: AbortSignal): Promise<void> {
  const sources = Object.entries(subgraphs).map(([name, url]) => new SubgraphSource(name, url, log));
  const named = new Set<string>();
  const since = Date.now();
  while (!leaving.aborted) {
    const waiting = await notReady(sources);
    if (!waiting.length) break;
    for (const name of waiting) {
      // Services that start together need a moment; that is not worth a line.
      if (Date.now() - since < patience || named.has(name)) continue;
      named.add(name);
      process.stderr.write(`gateway: waiting for ${name}\n`);
    }
    await sleep(200, undefined, { signal: leaving }).catch(() => undefined);
  }
  await Promise.all(sources.map(source => source.close()));
}
