import { createRequire } from 'node:module';
import type { BreakerState } from '../breaker.ts';
import type { Loaded } from '../loaded.ts';
import type { Subgraph } from '../subgraph.ts';
import type { SubgraphFleet } from '../subgraph-fleet.ts';

/** The hub as its operator sees it; nothing of whose data it holds. */
export interface HubStatus {
  status: 'ready' | 'waiting';
  version: string;
  /** Seconds. */
  uptime: number;
  supergraph: { hash: string; loadedAt: string };
  subgraphs: ({ name: string; ready: boolean; breaker: BreakerState; processes?: ProcessStatus[] } & Partial<ServiceStatus>)[];
}

/** One of several that serve a subgraph. */
export interface ProcessStatus {
  address: string;
  ready: boolean;
  breaker: BreakerState;
}

/** What a subgraph tells of itself at its own `/status`. */
export interface ServiceStatus {
  database: { version: string; connections: number; waiting: number };
  migrations: { applied: number; last: string | null };
  /** The feeds it follows; seconds since each was last read to its end: the backlog. */
  feeds: { name: string; lag: number | null }[];
}

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

export async function hubStatus(fleet: SubgraphFleet, { hash, at }: Loaded, since: number): Promise<HubStatus> {
  const subgraphs = await Promise.all(fleet.subgraphs.map(statusOf));
  return {
    status: subgraphs.every(({ ready }) => ready) ? 'ready' : 'waiting',
    version,
    uptime: Math.round((Date.now() - since) / 1000),
    supergraph: { hash, loadedAt: at.toISOString() },
    subgraphs,
  };
}

async function statusOf(subgraph: Subgraph): Promise<HubStatus['subgraphs'][number]> {
  const { name, state: breaker } = subgraph;
  const [processes, told] = await Promise.all([subgraph.look(), subgraph.status()]);
  const ready = processes.some(process => process.ready);
  return { name, ready, breaker, ...(processes.length > 1 && { processes }), ...told };
}
