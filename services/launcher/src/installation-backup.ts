import { cp, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackupRange, baseBackup } from '@hub/postgres/base-backup';
import { paths } from '@hub/postgres/cluster';
import { homeOf } from '@hub/postgres/database-home';
import { sha256 } from '@hub/postgres/verify-manifest';
import { walArchive } from '@hub/postgres/wal-archive';
import { postgresDirectory } from './embedded-database.ts';
import { LaunchFailure } from './launch-failure.ts';

/** What a backup says of itself, in its `backup.json`. */
export interface BackupNote {
  format: 1;
  postgres: string;
  begunAt: string;
  endedAt: string;
  range: BackupRange;
  /** Where the log of writes went that comes after it. */
  archive?: string;
  /** SHA-256 of every other file of the backup. */
  files: Record<string, string>;
}

export const partsOf = (backup: string) => ({
  note: join(backup, 'backup.json'),
  tar: join(backup, 'cluster.tar.gz'),
  manifest: join(backup, 'cluster.manifest'),
  password: join(backup, 'password'),
  settings: join(backup, 'settings.env'),
  /** What stands in HUB_DATA beside the database. */
  data: join(backup, 'data'),
});

/** Not in a backup: the database, which is copied by itself, what only the machine needs, what is put aside. */
export const isKept = (name: string) =>
  !/^(postgres|logs|code-cache|lock|exchange\.json.*|.*\.before-.*|.*\.unfinished)$/.test(name);

/** Backs a whole installation up into a new folder that its owner alone reads: the databases while they run, keys, settings. */
export async function backUp(adminUrl: string, dataDirectory: string, backup: string): Promise<BackupNote> {
  await assertNew(backup);
  const draft = `${backup}.unfinished`;
  await rm(draft, { recursive: true, force: true });
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 });
    const note = await fill(draft, adminUrl, dataDirectory);
    await rmdir(backup).catch(() => undefined);
    await rename(draft, backup);
    return note;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function fill(draft: string, adminUrl: string, dataDirectory: string): Promise<BackupNote> {
  const parts = partsOf(draft);
  const home = await homeOf(postgresDirectory(dataDirectory));
  const begunAt = new Date().toISOString();
  const range = await baseBackup(adminUrl, parts);
  await mkdir(parts.data, { mode: 0o700 });
  for (const name of (await readdir(dataDirectory)).filter(isKept))
    await cp(join(dataDirectory, name), join(parts.data, name), { recursive: true });
  await writeFile(parts.password, await readFile(paths(home).password), { mode: 0o600, flush: true });
  await writeFile(parts.settings, settingsOf(process.env), { mode: 0o600, flush: true });
  const note: BackupNote = {
    format: 1,
    postgres: (await readFile(join(paths(home).cluster, 'PG_VERSION'), 'utf8')).trim(),
    begunAt,
    endedAt: new Date().toISOString(),
    range,
    archive: walArchive(home)?.directory,
    files: await sumsOf(draft),
  };
  await writeFile(parts.note, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600, flush: true });
  return note;
}

/** Checksums of all files of a backup but its note. */
export async function sumsOf(backup: string): Promise<Record<string, string>> {
  const entries = await readdir(backup, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const named = files.filter(file => file !== partsOf(backup).note).toSorted();
  return Object.fromEntries(await Promise.all(named.map(async file => [file.slice(backup.length + 1), await sha256(file)])));
}

/** The settings of whoever backs up, in the form of an environment file. */
export const settingsOf = (env: NodeJS.ProcessEnv) =>
  Object.entries(env)
    .filter(([name, value]) => /^(HUB|OTEL)_/.test(name) && value)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .toSorted()
    .join('');

async function assertNew(backup: string): Promise<void> {
  const found = await readdir(backup).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw new LaunchFailure(`A backup cannot be made in ${backup}: ${error.message}`);
  });
  if (found.length > 0) throw new LaunchFailure(`${backup} is not empty: a backup goes into a folder of its own.`);
}
