import { setTimeout as sleep } from 'node:timers/promises';
import { addressesIn } from '@hub/kit/env';
import type { Logger } from 'pino';
import { SubgraphSource } from './subgraph-source.ts';

const patience = 2_000;

/**
 * Returns when every subgraph is ready, when told to leave, or after so many milliseconds: the gateway then answers without those that are
 * not there. Names each one it has to wait for, once.
 */
export async function waitForSubgraphs(
  subgraphs: Record<string, string>,
  log: Logger,
  leaving: AbortSignal,
  milliseconds: number,
): Promise<void> {
  const sources = Object.entries(subgraphs).flatMap(([name, urls]) =>
    addressesIn(urls).map(url => new SubgraphSource(name, url, log)),
  );
  const named = new Set<string>();
  const since = Date.now();
  while (!leaving.aborted && Date.now() - since < milliseconds) {
    const ready = await readyIn(sources);
    const waiting = Object.keys(subgraphs).filter(name => !ready.has(name));
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

async function readyIn(sources: readonly SubgraphSource[]): Promise<Set<string>> {
  const found = await Promise.all(sources.map(source => source.look(1_500)));
  return new Set(sources.filter((_, index) => found[index] === 'ready').map(({ name }) => name));
}
