import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { complaint } from './complaint.ts';
import { directoryFailure } from './data-directory.ts';
import { PostgresFailure } from './postgres-failure.ts';
import { runProgram } from './program.ts';

/** The layout below a data directory. */
export const paths = (directory: string) => ({
  cluster: join(directory, 'cluster'),
  unfinished: join(directory, 'cluster.unfinished'),
  password: join(directory, 'password'),
  log: join(directory, 'postgres.log'),
});

const readOrNothing = (path: string) =>
  readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw directoryFailure(path, error);
  });

/** Creates the cluster unless it is there, and answers the superuser's password. */
export async function openCluster(
  directory: string,
  programs: Binaries,
  account: Account | undefined,
  durable: boolean,
): Promise<string> {
  const { cluster, password } = paths(directory);
  const version = (await readOrNothing(join(cluster, 'PG_VERSION')))?.trim();
  if (version === undefined) return createCluster(directory, programs, account, durable);
  const { output } = await runProgram(programs.postgres, ['--version'], account);
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (version !== major) {
    throw new PostgresFailure(
      `The database in ${cluster} is of PostgreSQL ${version}, this hub brings ${major}: start it with the hub that made it, or set HUB_DATA to another folder.`,
    );
  }
  const secret = (await readOrNothing(password))?.trim();
  if (!secret) throw new PostgresFailure(`The file ${password} is missing: restore it from the backup of ${directory}.`);
  return secret;
}

/** A cluster appears under its name only when it is whole, so a start that was interrupted is simply repeated. */
async function createCluster(
  directory: string,
  programs: Binaries,
  account: Account | undefined,
  durable: boolean,
): Promise<string> {
  const { cluster, unfinished, password } = paths(directory);
  const secret = randomBytes(24).toString('hex');
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished);
    await chmod(unfinished, 0o700);
    await rm(password, { force: true });
    await writeFile(password, secret, { mode: 0o600, flag: 'wx' });
    if (account) for (const path of [unfinished, password]) await chown(path, account.uid, account.gid);
  } catch (error) {
    throw directoryFailure(directory, error);
  }
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${password}`];
  const speed = durable ? [] : ['--no-sync'];
  const made = await runProgram(
    programs.initdb,
    [`--pgdata=${unfinished}`, '--no-instructions', ...locale, ...access, ...speed],
    account,
  );
  if (made.code !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw complaint('create a database in', directory, made.output);
  }
  await rename(unfinished, cluster);
  return secret;
}
