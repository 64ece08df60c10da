import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installationKey } from '@hub/identity/installation-key';
import { signToken, type TokenClaims } from '@hub/identity/sign-token';
import { createDirectory } from '@hub/postgres/data-directory';
import { rotateLogs } from '@hub/postgres/rotate-logs';
import { stopLeftover } from '@hub/postgres/start-postgres';
import { postgresDirectory, startEmbedded } from './embedded-database.ts';
import { Family } from './family.ts';
import { diskFullLine } from './final-lines.ts';
import { assertPortFree, freePort } from './free-port.ts';
import { launcherLog } from './launcher-log.ts';
import { builtEntries, type Entries } from './layout.ts';
import { lockData } from './lock.ts';
import { type LoadSample, loadSample } from './sample.ts';
import { nothingFollowed } from './services-secret.ts';
import { areTogether, externalDatabases, foreignIssuer, operatorsPort, publicUrl, type Sample } from './settings.ts';
import { startServices } from './start-services.ts';
import type { Listening } from './welcome.ts';

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
  /** Told of processes that end and come back. */
  report?: (line: string) => void;
  /** Other programs in place of the built ones. */
  entries?: Entries;
  loader?: LoadSample;
}

export interface Hub {
  url: string;
  port: number;
  /** Where operators read `/status` and `/metrics`. */
  operatorsUrl: string;
  listening: Listening;
  /** The first account, where this start made it: its password is told nowhere else. */
  administrator?: { loginName: string; password: string };
  token(claims: TokenClaims): Promise<string>;
  /** Settles with one line when the hub has stopped, above all because one of its processes ended and is not started again. */
  lost: Promise<string>;
  stop(): Promise<void>;
}

const silently = () => undefined;

/** Starts a whole hub: database, subgraphs, gateway, and the sample where one is asked for. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { sample = 'none', durable = true, signal, progress = silently, report = silently, entries = builtEntries } = options;
  const host = process.env.HUB_HOST || '127.0.0.1';
  const external = externalDatabases();
  const isTogether = areTogether();
  const isForeign = foreignIssuer() !== undefined;
  if (options.port !== 0) await assertPortFree(options.port, host, 'HUB_PORT');
  const backstage = operatorsPort(options.port);
  if (backstage !== 0) await assertPortFree(backstage, process.env.HUB_OPERATORS_HOST || '127.0.0.1', 'HUB_OPERATORS_PORT');
  const port = options.port || (await freePort(host));
  const address = publicUrl(port);
  const dataDirectory = await createDirectory(options.dataDirectory);
  const unlock = await lockData(dataDirectory);
  const logs = await createDirectory(join(dataDirectory, 'logs'));
  const endRotating = rotateLogs(async () =>
    (await readdir(logs)).filter(name => name.endsWith('.log')).map(name => join(logs, name)),
  );
  const family = new Family(logs, launcherLog(logs, report), diskFullLine(dataDirectory));

  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    await family.stop();
    endRotating();
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
    const warning = nothingFollowed();
    if (warning) report(warning);
    const databases = external ?? (await startEmbedded(family, entries.postgres, dataDirectory, durable, progress));
    const settings = { key, address, host, port, operatorsPort: backstage, isForeign, isTogether };
    const { gateway, operatorsUrl, administrator } = await startServices(family, entries, databases, settings);

    const url = `http://127.0.0.1:${gateway}`;
    if (sample !== 'none') await loadSample({ url, token, progress }, family.lost, options.loader);
    signal?.throwIfAborted();
    const lost = family.lost.then(async line => {
      await stop();
      return line;
    });
    return { url, port: gateway, operatorsUrl, listening: { host, address }, administrator, token, lost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
