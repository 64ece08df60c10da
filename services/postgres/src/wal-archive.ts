import { chmod, chown, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Account } from './account.ts';
import { directoryFailure } from './data-directory.ts';
import { PostgresFailure } from './postgres-failure.ts';
import { closedParent } from './reach.ts';

/** Where PostgreSQL's log of writes is kept once it is written, so that a restore reaches moments after a backup. */
export interface WalArchive {
  directory: string;
  /** The oldest is removed beyond it. */
  bytes: number;
}

/** `HUB_WAL_ARCHIVE` and `HUB_WAL_MB`; undefined where nothing is to be kept. */
export function walArchive(home: string, env: NodeJS.ProcessEnv = process.env): WalArchive | undefined {
  const megabytes = env.HUB_WAL_MB || '1000';
  if (!/^\d{1,8}$/.test(megabytes))
    throw new PostgresFailure(`HUB_WAL_MB is "${megabytes}": give a whole number of megabytes, 0 to keep nothing.`);
  if (Number(megabytes) === 0) return undefined;
  return {
    directory: env.HUB_WAL_ARCHIVE ? resolve(env.HUB_WAL_ARCHIVE) : join(home, 'archive'),
    bytes: Number(megabytes) * 1_000_000,
  };
}

/** Makes its folder, which PostgreSQL's account alone reads: the log holds all that was ever written. */
export async function openArchive({ directory }: WalArchive, account: Account | undefined): Promise<void> {
  try {
    await mkdir(dirname(directory), { recursive: true });
    await mkdir(directory, { mode: 0o700 }).catch(error => {
      if (error.code !== 'EEXIST') throw error;
    });
    await chmod(directory, 0o700);
    if (account) await chown(directory, account.uid, account.gid);
  } catch (error) {
    throw directoryFailure(directory, error);
  }
  const closed = await closedParent(join(directory, 'x'), account);
  if (closed)
    throw new PostgresFailure(
      `PostgreSQL runs as "${account!.name}" and may not enter ${closed}: set HUB_WAL_ARCHIVE to another folder.`,
    );
}

/** By the module that comes with PostgreSQL: it writes to the disk before it says so, and never over another file. */
export const archiveSettings = ({ directory }: WalArchive): Record<string, string> => ({
  archive_mode: 'on',
  archive_library: 'basic_archive',
  'basic_archive.archive_directory': directory,
  // What is not archived yet is lost with the disk: at most five minutes of it.
  archive_timeout: '5min',
});
