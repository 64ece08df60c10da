import type { MikroORM } from '@mikro-orm/postgresql';
import { type Following, follow } from './follow.ts';
import type { Peers } from './peer.ts';
import type { Subgraph } from './subgraph.ts';

/** Starts the followers of a process; its parent sends a fresh service token before the last one ends. */
export function followAll({ follows = [] }: Pick<Subgraph, 'follows'>, orm: MikroORM, peers: Peers): Following[] {
  let token: string | undefined;
  process.on('message', (message: { serviceToken?: string }) => {
    if (message.serviceToken) token = message.serviceToken;
  });
  return follows.map(feed => follow(orm, feed, peers[feed.owner]!, () => token && `Bearer ${token}`));
}
