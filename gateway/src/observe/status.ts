import { createRequire } from 'node:module';
import type { BreakerState } from '../breaker.ts';
import { notReady } from '../health.ts';
import type { Loaded } from '../loaded.ts';
import type { SubgraphFleet } from '../subgraph-fleet.ts';

/** The hub as its operator sees it; nothing of whose data it holds. */
export interface HubStatus {
  status: 'ready' | 'waiting';
  version: string;
  /** Seconds. */
  uptime: number;
  supergraph: { hash: string; loadedAt: string };
  subgraphs: ({ name: string; ready: boolean; breaker: BreakerState } & Partial<ServiceStatus>)[];
}

/** What a subgraph tells of itself at its own `/status`. */
export interface ServiceStatus {
  database: { version: string; connections: number; waiting: number };
  migrations: { applied: number; last: string | null };
  /** The feeds it follows; seconds since each was last read to its end: the backlog. */
  feeds: { name: string; lag: number | null }[];
}

const patience = 1_500;

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

export async function hubStatus(fleet: SubgraphFleet, { hash, at }: Loaded, since: number): Promise<HubStatus> {
  const { sources } = fleet;
  const all = sources.map(({ source }) => source);
  const [waiting, told] = await Promise.all([notReady(all), Promise.all(all.map(source => source.status(patience)))]);
  return {
    status: waiting.length ? 'waiting' : 'ready',
    version,
    uptime: Math.round((Date.now() - since) / 1000),
    supergraph: { hash, loadedAt: at.toISOString() },
    subgraphs: sources.map(({ name, state }, i) => ({ name, ready: !waiting.includes(name), breaker: state, ...told[i] })),
  };
}
