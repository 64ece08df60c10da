import type { ServiceUrls } from '@hub/postgres/provision';

export interface SubgraphAt {
  name: string;
  /** Without a path: it answers at `/graphql`. */
  url: string;
  typeDefs: string;
  /** The SDL for who knows federation 1 only, where it can be said in that. */
  federation1?: string;
}

/** Subgraphs that run, and all that a gateway in front of them needs to know. */
export interface World {
  name: 'shop' | 'hub';
  /** With the subgraphs' true addresses. */
  supergraphSdl: string;
  subgraphs: SubgraphAt[];
  /** What the hub's own gateway is told beside that. */
  hubEnv: Record<string, string>;
  /** The subgraphs' processes. */
  pids: number[];
  /** The subgraphs' databases. */
  databases?: Record<string, ServiceUrls>;
  stop(): Promise<void>;
}

/** The environment by which the hub's gateway finds subgraphs. */
export const addresses = (subgraphs: readonly SubgraphAt[]) =>
  Object.fromEntries(subgraphs.map(({ name, url }) => [`HUB_URL_${name.toUpperCase()}`, url]));
