import type { MikroORM } from '@mikro-orm/postgresql';
import { type Following, follow } from './follow.ts';
import type { Peers } from './peer.ts';
import { serviceToken } from './service-token.ts';
import type { Credentials } from './services-client.ts';
import type { Subgraph } from './subgraph.ts';

/** Starts the followers of a process, all with one token. */
export function followAll(
  { follows = [] }: Pick<Subgraph, 'follows'>,
  orm: MikroORM,
  peers: Peers,
  credentials: Credentials | undefined,
): Following[] {
  const token = serviceToken(credentials);
  return follows.map(feed => follow(orm, feed, peers[feed.owner]!, token));
}
