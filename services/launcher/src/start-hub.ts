import { join } from 'node:path';
import { installationKey } from '@hub/identity/installation-key';
import { signToken, type TokenClaims } from '@hub/identity/sign-token';
import { createDirectory } from '@hub/postgres/data-directory';
import { stopLeftover } from '@hub/postgres/start-postgres';
import { roomy } from './child.ts';
import { postgresDirectory, startEmbedded } from './embedded-database.ts';
import { Family } from './family.ts';
import { assertPortFree, freePort } from './free-port.ts';
import { builtEntries, type Entries, type Service, type SubgraphProcess, subgraphProcesses } from './layout.ts';
import { lockData } from './lock.ts';
import { type LoadSample, loadSample } from './sample.ts';
import { areTogether, externalDatabases, foreignIssuer, publicUrl, type Sample, variable } from './settings.ts';

export interface HubOptions {
  dataDirectory: string;
  /** 0 is any free port. */
  port: number;
  sample?: Sample;
  /** `false` trades safety at a power cut for speed; for tests. */
  durable?: boolean;
  /** Aborting stops a start that is under way. */
  signal?: AbortSignal;
  progress?: (line: string) => void;
  /** Other programs in place of the built ones. */
  entries?: Entries;
  loader?: LoadSample;
}

export interface Hub {
  url: string;
  port: number;
  /** The first account, where this start made it: its password is told nowhere else. */
  administrator?: { loginName: string; password: string };
  token(claims: TokenClaims): Promise<string>;
  /** Settles with one line when the hub has stopped, above all because one of its processes was lost. */
  lost: Promise<string>;
  stop(): Promise<void>;
}

const renewal = 4 * 60_000;

/** Starts a whole hub: database, subgraphs, gateway, and the sample where one is asked for. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { sample = 'none', durable = true, signal, progress = () => undefined, entries = builtEntries } = options;
  const host = process.env.HUB_HOST || '127.0.0.1';
  const external = externalDatabases();
  const together = areTogether();
  if (options.port !== 0) await assertPortFree(options.port, host);
  const port = options.port || (await freePort(host));
  const foreign = foreignIssuer();
  const address = publicUrl(port);
  const dataDirectory = await createDirectory(options.dataDirectory);
  const unlock = await lockData(dataDirectory);
  const family = new Family(await createDirectory(join(dataDirectory, 'logs')));

  let renewing: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    clearInterval(renewing);
    await family.stop();
    if (!external) await stopLeftover(postgresDirectory(dataDirectory));
    unlock();
  };
  const stop = () => {
    stopping ??= stopAll();
    return stopping;
  };
  signal?.addEventListener('abort', () => void stop().catch(() => undefined), { once: true });

  try {
    signal?.throwIfAborted();
    const key = await installationKey(dataDirectory);
    const token = (claims: TokenClaims) => signToken(key, claims);
    const anyPort = { HOST: '127.0.0.1', PORT: '0' };
    const databases = external ?? (await startEmbedded(family, entries.postgres, dataDirectory, durable));
    const databaseUrls = (name: Service) => ({
      [variable('DATABASE_URL', name)]: databases[name].databaseUrl,
      [variable('MIGRATE_URL', name)]: databases[name].migrateUrl,
    });

    const startIdentity = async () => {
      const own = { HUB_PUBLIC_URL: address, HUB_JWKS: key.jwksUrl, HUB_IDENTITY_SECRET: key.secret('identity service') };
      const spec = { name: 'identity', entry: entries.identity, env: { ...own, ...databaseUrls('identity'), ...anyPort } };
      const [ready] = await family.start([spec]);
      return { url: `http://127.0.0.1:${ready!.port}`, administrator: ready!.administrator };
    };
    const identity = foreign ? undefined : await startIdentity();
    const issuers = identity && {
      HUB_IDENTITY_ISSUER: `${address}/identity`,
      HUB_IDENTITY_JWKS: `${identity.url}/identity/jwks`,
    };
    const common = { HUB_JWKS: key.jwksUrl, ...issuers, APOLLO_TELEMETRY_DISABLED: '1' };
    const secrets = { HUB_IDENTITY_KEY: key.secret('identity numbers') };

    const urls: Record<string, string> = {};
    const serve = async (processes: readonly SubgraphProcess[]) => {
      const specs = processes.map(({ name, entry, subgraphs: names }) => {
        const own = Object.assign({}, ...names.map(databaseUrls), names.includes('people') && secrets);
        return { name, entry, env: { ...common, ...anyPort, ...urls, ...own } };
      });
      for (const { ports } of await family.start(specs))
        for (const [name, its] of Object.entries(ports!)) urls[variable('HUB_URL', name)] = `http://127.0.0.1:${its}`;
      await sendServiceToken();
    };
    const sendServiceToken = async () => family.tell({ serviceToken: await token({ role: 'SERVICE', division: '000000' }) });

    for (const stage of subgraphProcesses(entries, together)) await serve(stage);
    // Parsing large workbooks otherwise leaves glibc with arenas it never gives back.
    const thrift = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1000000' };
    const door = { ...thrift, HUB_PORT: String(port), HUB_HOST: host, HUB_PUBLIC_URL: address, HUB_URL_IDENTITY: identity?.url };
    const [gateway] = await family.start([
      { name: 'gateway', entry: entries.gateway, env: { ...common, ...urls, ...door }, flags: roomy },
    ]);
    await sendServiceToken();
    renewing = setInterval(() => void sendServiceToken(), renewal).unref();

    const url = `http://127.0.0.1:${gateway!.port}`;
    if (sample !== 'none') await loadSample({ url, token, progress }, family.lost, options.loader);
    signal?.throwIfAborted();
    const lost = family.lost.then(async line => {
      await stop();
      return line;
    });
    return { url, port: gateway!.port!, administrator: identity?.administrator, token, lost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
