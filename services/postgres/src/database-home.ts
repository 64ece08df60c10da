import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Account, accountFor } from './account.ts';
import { paths } from './cluster.ts';
import { createDirectory } from './data-directory.ts';
import { openFolder } from './open-folder.ts';
import { PostgresFailure } from './postgres-failure.ts';
import { closedParent } from './reach.ts';

export interface DatabaseHome {
  /** Where the cluster, its password and its log are. */
  directory: string;
  account: Account | undefined;
  /** The folder that keeps the database out of the data directory, where there is one. */
  closed?: string;
}

/** Names the folder a database is in when it is not in its data directory, so that the next start finds it again. */
const pointer = (directory: string) => join(directory, 'elsewhere');

/** Where the database of a data directory is. */
export async function homeOf(dataDirectory: string): Promise<string> {
  const elsewhere = await readFile(pointer(dataDirectory), 'utf8').catch(() => '');
  return elsewhere.trim() || resolve(dataDirectory);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Opens the data directory; as root, another folder where PostgreSQL's account may not enter that one. */
export async function databaseHome(dataDirectory: string): Promise<DatabaseHome> {
  const asked = await createDirectory(dataDirectory);
  const directory = await homeOf(asked);
  if (!(await exists(directory)))
    throw new PostgresFailure(`The database of ${asked} was kept in ${directory}, which is gone: restore it from a backup.`);
  const { cluster } = paths(directory);
  const account = await accountFor(cluster);
  const closed = await closedParent(join(asked, 'cluster'), account);
  if (!account || !closed) return { directory, account };
  if (directory !== asked) return { directory, account, closed };
  if (await exists(cluster)) {
    throw new PostgresFailure(
      `PostgreSQL runs as "${account.name}" because you are root, and may not enter ${closed} any more, the way to its data in ${cluster}: run "chmod o+x ${closed}".`,
    );
  }
  const made = await openFolder('hub-', account, closed);
  await writeFile(pointer(asked), `${made}\n`);
  return { directory: made, account, closed };
}
