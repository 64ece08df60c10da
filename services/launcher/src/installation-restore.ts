import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { binaries } from '@hub/postgres/binaries';
import { paths } from '@hub/postgres/cluster';
import { type DatabaseHome, databaseHome } from '@hub/postgres/database-home';
import { type Exchange, exchange } from '@hub/postgres/exchange';
import { runProgram } from '@hub/postgres/program';
import { recover, type Target, unpackCluster } from '@hub/postgres/restore-cluster';
import { stageWal } from '@hub/postgres/stage-wal';
import { stopLeftover } from '@hub/postgres/start-postgres';
import { walArchive } from '@hub/postgres/wal-archive';
import { firstSegment } from '@hub/postgres/wal-names';
import { postgresDirectory } from './embedded-database.ts';
import { type BackupNote, isKept, partsOf, sumsOf } from './installation-backup.ts';
import { LaunchFailure } from './launch-failure.ts';

export interface Restored {
  /** When the last change in it was made, as PostgreSQL's log tells; undefined where the backup alone was asked for. */
  lastChange?: string;
  /** What stood there before. */
  aside: string[];
}

/** Reads what a backup says of itself, and whether it is still what was written. */
export async function readBackup(backup: string): Promise<BackupNote> {
  const text = await readFile(partsOf(backup).note, 'utf8').catch(() => undefined);
  if (text === undefined) throw new LaunchFailure(`${backup} is no backup: it has no backup.json.`);
  const note = JSON.parse(text) as BackupNote;
  if (note.format !== 1) throw new LaunchFailure(`${backup} was made by a newer hub: restore it with that one.`);
  const found = await sumsOf(backup);
  for (const name of new Set([...Object.keys(note.files), ...Object.keys(found)]))
    if (note.files[name] !== found[name])
      throw new LaunchFailure(`The backup is damaged: ${name} is not what was written. Nothing was changed.`);
  return note;
}

/** Restores a whole installation into a data directory that nobody uses. Nothing of it changes before all of it is there. */
export async function restore(
  backup: string,
  note: BackupNote,
  dataDirectory: string,
  target: Target,
  replaces: boolean,
): Promise<Restored> {
  const { output } = await runProgram((await binaries()).postgres, ['--version'], undefined);
  if (!output.includes(`(PostgreSQL) ${note.postgres}.`))
    throw new LaunchFailure(
      `The backup is of PostgreSQL ${note.postgres}, this hub brings ${output.trim()}: restore it with the hub that made it.`,
    );
  const home = await databaseHome(postgresDirectory(dataDirectory));
  if (!replaces && (await exists(paths(home.directory).cluster)))
    throw new LaunchFailure(
      `There is a database in ${dataDirectory} already: --replace puts it aside, or set HUB_DATA to another folder.`,
    );
  const draft = join(home.directory, 'restore.unfinished');
  const keys = join(dataDirectory, 'keys.unfinished');
  try {
    await stopLeftover(postgresDirectory(dataDirectory));
    for (const folder of [draft, keys]) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { mode: 0o700 });
    }
    await cp(partsOf(backup).password, paths(draft).password);
    await cp(partsOf(backup).data, keys, { recursive: true });
    await unpackCluster(partsOf(backup), draft, home.account);
    const lastChange = await recovered(draft, note, home, target);
    const aside = await putInPlace(dataDirectory, home.directory, draft, keys);
    return { lastChange, aside };
  } finally {
    for (const folder of [draft, keys]) await rm(folder, { recursive: true, force: true });
  }
}

async function recovered(draft: string, { range, archive }: BackupNote, { directory, account }: DatabaseHome, target: Target) {
  const wal = join(draft, 'wal');
  const own = walArchive(directory)?.directory;
  // What is not archived yet stands where the database that is replaced wrote it.
  const sources = [own, archive, join(paths(directory).cluster, 'pg_wal')].filter(each => each !== undefined);
  await stageWal(target === 'backup' ? [] : [...new Set(sources)], wal, firstSegment(range), account);
  return recover(draft, wal, { range, target }, account);
}

async function putInPlace(dataDirectory: string, home: string, draft: string, keys: string): Promise<string[]> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const replaced = (from: string, to: string): Exchange => ({ from, to, aside: `${to}.before-${stamp}` });
  const exchanges = [
    ...(await readdir(keys)).filter(isKept).map(name => replaced(join(keys, name), join(dataDirectory, name))),
    replaced(paths(draft).password, paths(home).password),
    replaced(paths(draft).cluster, paths(home).cluster),
  ];
  await exchange(dataDirectory, exchanges);
  const asides = await Promise.all(exchanges.map(async ({ aside }) => ((await exists(aside)) ? [aside] : [])));
  return asides.flat();
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
