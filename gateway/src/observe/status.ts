import { createRequire } from 'node:module';
import type { BreakerState } from '../breaker.ts';
import type { Loaded } from '../loaded.ts';
import type { Subgraph } from '../subgraph.ts';
import type { SubgraphFleet } from '../subgraph-fleet.ts';
import type { SubgraphSource } from '../subgraph-source.ts';

/** The hub as its operator sees it; nothing of whose data it holds. */
export interface HubStatus {
  status: 'ready' | 'waiting';
  version: string;
  /** Seconds. */
  uptime: number;
  supergraph: { hash: string; loadedAt: string };
  subgraphs: PartStatus[];
  /** The service that people sign in at; none where another issuer takes its place. */
  identity?: PartStatus;
}

export type PartStatus = {
  name: string;
  /** Whether one of its processes is. */
  ready: boolean;
  breaker?: BreakerState;
  /** Each, where several serve it. */
  processes?: ProcessStatus[];
} & Partial<ServiceStatus>;

export interface ProcessStatus {
  address: string;
  ready: boolean;
  breaker?: BreakerState;
}

/** What a subgraph tells of itself at its own `/status`. */
export interface ServiceStatus {
  database: { version: string; connections: number; waiting: number };
  migrations: { applied: number; last: string | null };
  /** The feeds it follows; seconds since each was last read to its end: the backlog; and why it is not being read, if so. */
  feeds: { name: string; lag: number | null; why?: string | null }[];
}

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

export async function hubStatus(
  fleet: SubgraphFleet,
  identity: readonly SubgraphSource[],
  { hash, at }: Loaded,
  since: number,
): Promise<HubStatus> {
  const [subgraphs, signIn] = await Promise.all([Promise.all(fleet.subgraphs.map(statusOf)), identityStatus(identity)]);
  return {
    status: [...subgraphs, ...(signIn ? [signIn] : [])].every(({ ready }) => ready) ? 'ready' : 'waiting',
    version,
    uptime: Math.round((Date.now() - since) / 1000),
    supergraph: { hash, loadedAt: at.toISOString() },
    subgraphs,
    ...(signIn && { identity: signIn }),
  };
}

async function statusOf(subgraph: Subgraph): Promise<PartStatus> {
  const { name, state: breaker } = subgraph;
  const [processes, told] = await Promise.all([subgraph.look(), subgraph.status()]);
  return { name, breaker, ...summed(processes), ...told };
}

const patience = 1_500;

async function identityStatus(sources: readonly SubgraphSource[]): Promise<PartStatus | undefined> {
  if (sources.length === 0) return undefined;
  const look = async (source: SubgraphSource) => ({ address: source.url, ready: (await source.look(patience)) === 'ready' });
  const told = await Promise.all(sources.map(source => source.status(patience)));
  return { name: 'identity', ...summed(await Promise.all(sources.map(look))), ...told.find(Boolean) };
}

const summed = (processes: ProcessStatus[]) => ({
  ready: processes.some(({ ready }) => ready),
  ...(processes.length > 1 && { processes }),
});
