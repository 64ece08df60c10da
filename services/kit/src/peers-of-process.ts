import type { Peers } from './peer.ts';

export const peerVariable = (name: string) => `HUB_URL_${name.toUpperCase()}`;

/** Where the environment says that other subgraphs serve. */
export const peersIn = (env: Record<string, unknown>, names: readonly string[]): Peers =>
  Object.fromEntries(names.flatMap(name => (env[peerVariable(name)] ? [[name, env[peerVariable(name)] as string]] : [])));

const hearing: ((told: Peers) => void)[] = [];

/** Tells what is learnt in this process after its start to whoever waits for it. */
export function tellPeers(told: Peers): void {
  for (const hear of hearing) hear(told);
}

/** Subgraphs that are started later than this one: their addresses come by the parent's message, unless the environment has them. */
export function hearOfPeers(peers: Peers, asked: readonly string[]): void {
  const unknown = asked.filter(name => peers[name] === undefined);
  if (unknown.length === 0) return;
  if (hearing.length === 0) process.on('message', ({ peers: told }: { peers?: Peers }) => told && tellPeers(told));
  hearing.push(told => {
    for (const name of unknown) if (told[name]) peers[name] = told[name];
  });
}
