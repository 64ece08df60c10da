import { execFile } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { endLeftBehind } from './left-behind.ts';
import { PostgresFailure } from './postgres-failure.ts';
import { runProgram } from './program.ts';

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

const pidFileLines = (cluster: string) =>
  readFile(pidFile(cluster), 'utf8').then(
    text => text.split('\n'),
    () => undefined,
  );

/** PostgreSQL says `ready` in line 8 of its pid file, before which it refuses connections. */
export async function isReady(cluster: string, pid: number): Promise<boolean> {
  const lines = await pidFileLines(cluster);
  return Number(lines?.[0]) === pid && lines?.[7]?.trim() === 'ready';
}

/** Stops a server that an earlier `kill -9` left behind on this cluster, and waits until the cluster is free. */
export async function stopOrphan(cluster: string, programs: Binaries, account: Account | undefined): Promise<boolean> {
  const pid = Number((await pidFileLines(cluster))?.[0]);
  if (!pid) return false;
  const status = await runProgram(programs.pg_ctl, ['status', '-D', cluster], account);
  if (status.code !== 0) {
    await endLeftBehind(cluster);
    return false;
  }
  // After a reboot the number may belong to any other process, which pg_ctl would take for the server and interrupt.
  if (!(await commandOf(pid)).includes(cluster)) {
    await rm(pidFile(cluster), { force: true });
    return false;
  }
  await runProgram(programs.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'], account);
  for (let waited = 0; await exists(pidFile(cluster)); waited += 50) {
    if (waited > 60_000)
      throw new PostgresFailure(`A PostgreSQL left by an earlier run (process ${pid}) does not stop: end it, then start again.`);
    await pause(50);
  }
  return true;
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

async function commandOf(pid: number): Promise<string> {
  const linux = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (linux !== undefined) return linux.replaceAll('\0', ' ');
  const listed = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => undefined);
  return listed?.stdout ?? '';
}
