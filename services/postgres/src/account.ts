import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PostgresFailure } from './postgres-failure.ts';

/** The account PostgreSQL runs as when we are root, which PostgreSQL refuses to run as. */
export interface Account {
  uid: number;
  gid: number;
  name: string;
}

const run = promisify(execFile);

const nameOf = (uid: number) =>
  run('id', ['-nu', String(uid)]).then(
    ({ stdout }) => stdout.trim(),
    () => `uid ${uid}`,
  );

/** Undefined for an ordinary user: then PostgreSQL simply runs as that user. A cluster that exists keeps its owner. */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: await nameOf(owner.uid) };
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
    if (ids) return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout), name };
  }
  throw new PostgresFailure(
    'PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody": start the hub as an ordinary user.',
  );
}
