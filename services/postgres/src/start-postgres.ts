import type { ChildProcess } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, accountFor } from './account.ts';
import { type Binaries, binaries } from './binaries.ts';
import { openCluster, paths } from './cluster.ts';
import { complaint, endOf } from './complaint.ts';
import { directoryFailure } from './data-directory.ts';
import { databaseHome, homeOf } from './database-home.ts';
import { fullDisk } from './full-disk.ts';
import { openLog } from './log-file.ts';
import type { PostgresFailure } from './postgres-failure.ts';
import { isReady, stopOrphan } from './postmaster.ts';
import { startProgram } from './program.ts';
import { reachablePrograms } from './reachable-programs.ts';
import { rotateLogs } from './rotate-logs.ts';
import { serverSettings } from './server-settings.ts';
import { tendArchive } from './tend-archive.ts';
import { archiveSettings, openArchive, walArchive } from './wal-archive.ts';

export interface PostgresOptions {
  dataDirectory: string;
  /** Any free port when left out. */
  port?: number;
  /** `false` trades safety at a power cut for speed; for throw-away databases. */
  durable?: boolean;
}

export interface RunningPostgres {
  adminUrl: string;
  /** Where its data are: the data directory, unless its account may not enter that one. */
  directory: string;
  /** One line about where it is, when that is not where one would look. */
  notice?: string;
  port: number;
  pid: number;
  /** Settles when the server has ended, whoever ended it. */
  ended: Promise<void>;
  /** Why it ended by itself. */
  complaint(): Promise<PostgresFailure>;
  stop(): Promise<void>;
}

/**
 * What is over in a moment: another process has taken the port in between, somebody else is starting or stopping the server with
 * `pg_ctl`, sessions of one that was killed have not ended yet.
 */
const passing = /Address already in use|lock file "postmaster.pid" already exists|pre-existing shared memory block/;
const patience = 10_000;

/** Starts the PostgreSQL in a directory, which it creates on first use; takes over what a killed run left behind. */
export async function startPostgres({ dataDirectory, port, durable = true }: PostgresOptions): Promise<RunningPostgres> {
  const { directory, account, closed } = await databaseHome(dataDirectory);
  const { cluster } = paths(directory);
  const { programs, closed: closedToPrograms } = await reachablePrograms(await binaries(), account);
  const notice = whereItIs(account, closed ?? closedToPrograms, [
    closed && `its data are in ${directory}`,
    closedToPrograms && `its programs in ${dirname(dirname(programs.postgres))}`,
  ]);
  const password = await openCluster(directory, programs, account, durable);
  const archive = durable ? walArchive(directory) : undefined;
  if (archive) await openArchive(archive, account);
  const until = Date.now() + patience;
  for (;;) {
    await stopOrphan(cluster, programs, account);
    const chosen = port || (await freePort());
    const started = await launch(
      directory,
      programs,
      account,
      serverSettings(chosen, durable, archive && archiveSettings(archive)),
    );
    if ('server' in started) {
      const ended = whenEnded(started.server);
      const endRotating = rotateLogs(() => [paths(directory).log]);
      ended.then(endRotating, endRotating);
      const endTending = archive ? tendArchive(archive) : undefined;
      ended.then(endTending, endTending);
      const adminUrl = `postgres://postgres:${password}@127.0.0.1:${chosen}/postgres`;
      return {
        adminUrl,
        directory,
        notice,
        port: chosen,
        pid: started.server.pid!,
        ended,
        complaint: async () =>
          (await fullDisk(directory)) ?? endOf(directory, await writtenSince(started.size, paths(directory).log)),
        stop: () => stop(started.server, ended),
      };
    }
    const full = await fullDisk(directory);
    if (full || !passing.test(started.output) || Date.now() > until)
      throw full ?? complaint('start in', directory, started.output);
    await pause(100);
  }
}

/** Ends a server that runs on the directory without its supervisor. Answers whether there was one. */
export async function stopLeftover(dataDirectory: string): Promise<boolean> {
  const { cluster } = paths(await homeOf(dataDirectory));
  const account = await accountFor(cluster);
  const { programs } = await reachablePrograms(await binaries(), account);
  return stopOrphan(cluster, programs, account);
}

function whereItIs(account: Account | undefined, closed: string | undefined, parts: (string | undefined)[]): string | undefined {
  if (!account || !closed) return undefined;
  const where = parts.filter(Boolean).join(', ');
  return `PostgreSQL runs as "${account.name}" because you are root, and may not enter ${closed}: ${where}.`;
}

type Launched = { server: ChildProcess; size: number } | { output: string };

export async function launch(
  directory: string,
  programs: Binaries,
  account: Account | undefined,
  settings: string[],
): Promise<Launched> {
  const { cluster, log } = paths(directory);
  const file = await openLog(log).catch(error => {
    throw directoryFailure(directory, error);
  });
  const { size } = await stat(log);
  const server = startProgram(programs.postgres, ['-D', cluster, ...settings], account, ['ignore', file.fd, file.fd]);
  let over = false;
  const ended = whenEnded(server).then(() => {
    over = true;
  });
  await file.close();
  while (!over) {
    if (await isReady(cluster, server.pid!)) return { server, size };
    await Promise.race([pause(20), ended]);
  }
  return { output: await writtenSince(size, log) };
}

/** What a log has grown by; all of it, where it was put aside meanwhile. */
async function writtenSince(size: number, log: string): Promise<string> {
  const said = await readFile(log).catch(() => Buffer.alloc(0));
  return said.subarray(said.length < size ? 0 : size).toString();
}

export const whenEnded = (server: ChildProcess) =>
  new Promise<void>((resolve, reject) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    server.once('exit', () => resolve());
    server.once('error', reject);
  });

/** Lets open sessions finish for a moment, then rolls them back; the last resort leaves recovery to the next start. */
export async function stop(server: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const [signal, patience] of [
    ['SIGTERM', 2_500],
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    server.kill(signal);
    const timer = new AbortController();
    const late = pause(patience, true, { signal: timer.signal }).catch(() => false);
    const isLate = await Promise.race([late, ended.then(() => false)]);
    timer.abort();
    if (!isLate) return;
  }
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
