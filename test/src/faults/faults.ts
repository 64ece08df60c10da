import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub } from '@hub/launcher/start-hub';
import { createDirectory } from '@hub/postgres/data-directory';
import { processesBelow } from '../processes-below.ts';
import { commitRounds } from './commit-rounds.ts';
import { diskRounds } from './disk-rounds.ts';
import type { Fault } from './fault.ts';
import { killRounds } from './kill-rounds.ts';
import { moveRounds } from './move-rounds.ts';
import { restartRounds } from './restart-rounds.ts';
import { restoreRounds } from './restore-rounds.ts';

/** A hub over its own PostgreSQL, struck in every way that kill-rounds.ts knows. */
async function struckHub(rounds: number, tell: (line: string) => void): Promise<Fault[]> {
  const dataDirectory = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-faults-')));
  const hub = await startHub({ dataDirectory, port: 0, report: tell });
  const ours = () =>
    processesBelow().filter(({ environment, command }) => [command, ...environment].join().includes(dataDirectory));
  try {
    return await killRounds(hub, ours, rounds, undefined, tell);
  } finally {
    await hub.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

/** All faults, one after the other. */
export async function faults(rounds: number, tell: (line: string) => void): Promise<Fault[]> {
  const all: Fault[] = [];
  const take = (...some: Fault[]) => {
    all.push(...some);
    for (const each of some) tell(JSON.stringify(each));
  };
  take(await commitRounds(rounds));
  take(...(await restartRounds()));
  take(await moveRounds(rounds));
  take(await restoreRounds(3, tell));
  const full = await diskRounds(3);
  if (full) take(full);
  take(...(await struckHub(rounds, tell)));
  return all;
}
