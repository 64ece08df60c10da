import { z } from 'zod';
import { bookkeepingEnv, type Keeping, tendBookkeeping } from './bookkeeping.ts';
import { collectStart } from './collect-start.ts';
import { databaseUrl, EnvironmentError, httpUrls, noOwner, port, readEnv } from './env.ts';
import { exitCodeOf } from './exit-code.ts';
import type { Following } from './follow.ts';
import { followAll } from './follow-all.ts';
import { issuerEnv, verifierFrom } from './issuers.ts';
import { wholeEnvironment } from './late-environment.ts';
import { migrate } from './migrate.ts';
import { hearOfPeers, peersIn, peerVariable, tellPeers } from './peers-of-process.ts';
import { type Serving, serve } from './serve.ts';
import { credentialsIn, servicesBelieved, servicesEnv } from './services-client.ts';
import type { Subgraph } from './subgraph.ts';
import { startTracing } from './tracing.ts';

/** Variables every subgraph process reads. */
export const serviceEnv = {
  ...issuerEnv,
  ...servicesEnv,
  ...bookkeepingEnv,
  HOST: z.string().default('127.0.0.1'),
  PORT: port(0),
};

const oneLine = (error: unknown) =>
  error instanceof EnvironmentError ? error.message : ((error as Error)?.message ?? String(error)).split('\n')[0];

async function failClearly(name: string, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${name}: ${oneLine(error)}\n`);
    process.exit(exitCodeOf(error));
  }
}

const urls = (name: string) => ({ [`DATABASE_URL_${name}`]: databaseUrl, [`MIGRATE_URL_${name}`]: noOwner });

/** Starts a subgraph as the environment says: serves and follows. */
async function start(subgraph: Subgraph, source: NodeJS.ProcessEnv): Promise<Pick<Serving, 'url' | 'port' | 'leave' | 'stop'>> {
  const name = subgraph.name.toUpperCase();
  const owners = [...new Set((subgraph.follows ?? []).map(({ owner }) => owner))];
  const asked = subgraph.asks ?? [];
  const env = readEnv(
    {
      ...serviceEnv,
      ...urls(name),
      ...Object.fromEntries(asked.map(each => [peerVariable(each), httpUrls.optional()])),
      ...Object.fromEntries(owners.map(owner => [peerVariable(owner), httpUrls])),
    },
    { ...source, PORT: source[`PORT_${name}`] || source.PORT },
  ) as Record<string, any>;
  const verify = await verifierFrom(env as never, servicesBelieved(env));
  const peers = peersIn(env, [...owners, ...asked]);
  hearOfPeers(peers, asked);
  const following: Following[] = [];
  const serving = await serve(subgraph, {
    databaseUrl: env[`DATABASE_URL_${name}`],
    verify,
    peers,
    host: env.HOST,
    port: env.PORT,
    following,
  });
  following.push(...followAll(subgraph, serving.orm, peers, credentialsIn(env)));
  const leave = tendBookkeeping(serving.orm, env as Keeping);
  const stop = async () => {
    leave();
    for (const feed of following) feed.stop();
    await serving.stop().catch(() => undefined);
  };
  return { url: serving.url, port: serving.port, leave: serving.leave, stop };
}

/**
 * One subgraph or several as a process, each told where those before it serve: tells its parent when all of them do, and
 * ends gracefully.
 */
export function runServices(...subgraphs: Subgraph[]): Promise<void> {
  const name = subgraphs.length === 1 ? subgraphs[0]!.name : 'subgraphs';
  return failClearly(name, async () => {
    await wholeEnvironment();
    const endTracing = await startTracing(name);
    const env = { ...process.env };
    const running: Record<string, Awaited<ReturnType<typeof start>>> = {};
    for (const subgraph of subgraphs) {
      running[subgraph.name] = await start(subgraph, env);
      env[peerVariable(subgraph.name)] = running[subgraph.name]!.url;
    }
    // Those that were started first in this process could not know where the others would serve.
    tellPeers(Object.fromEntries(Object.entries(running).map(([name, { url }]) => [name, url])));
    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await Promise.all(Object.values(running).map(each => each.leave()));
      await Promise.all(Object.values(running).map(each => each.stop()));
      await endTracing().catch(() => undefined);
      process.exit(0);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, stop);
    // The parent may have gone while this process was starting.
    if (process.send && !process.connected) return stop();
    const ports = Object.fromEntries(Object.entries(running).map(([each, { port: its }]) => [each, its]));
    process.send?.({ ready: { ports } });
    collectStart();
  });
}

/** `migrate.js` of a service: the migrations alone. */
export function runMigration(subgraph: Subgraph): Promise<void> {
  const name = subgraph.name.toUpperCase();
  return failClearly(subgraph.name, async () => {
    const env = readEnv({ [`MIGRATE_URL_${name}`]: databaseUrl }) as Record<string, string>;
    await migrate(subgraph.name, env[`MIGRATE_URL_${name}`]!, subgraph);
    process.stdout.write(`${subgraph.name}: migrated\n`);
  });
}
