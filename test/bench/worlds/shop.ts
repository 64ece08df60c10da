import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { installationKey } from '@hub/identity/installation-key';
import { inPeers } from '../install-peers.ts';
import { federation2, shopTypeDefs } from '../shop/schema.ts';
import type { World } from './world.ts';

/** What the process says when it serves; its failure when it ends before that. */
async function readyFrom(child: ChildProcess): Promise<{ urls: Record<string, string>; supergraphSdl: string }> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The shop's subgraphs ended with code ${code}.`)));
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message.ready;
}

/** Four in-memory subgraphs in one process. */
export async function shopWorld(dataDirectory: string): Promise<World> {
  const child = fork(inPeers('shop-subgraphs.js'), { env: { ...process.env, NODE_ENV: 'production' } });
  const { urls, supergraphSdl } = await readyFrom(child);
  const { jwksUrl } = await installationKey(dataDirectory);
  return {
    name: 'shop',
    supergraphSdl,
    subgraphs: Object.entries(shopTypeDefs).map(([name, federation1]) => ({
      name,
      url: urls[name]!,
      typeDefs: federation2(federation1),
      federation1,
    })),
    // Its lists say nothing of their sizes, so the estimate of the heavy query's cost is beyond the hub's limit for strangers.
    hubEnv: { HUB_JWKS: jwksUrl, HUB_MAX_COST: '1000000000', HUB_BUDGET_PEOPLE: '1000000000' },
    pids: [child.pid!],
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
