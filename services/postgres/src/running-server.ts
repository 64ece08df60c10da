import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from './cluster.ts';
import { homeOf } from './database-home.ts';
import { isReady } from './postmaster.ts';

/** The superuser's address of the server that runs on a data directory; undefined where none does. */
export async function runningServer(dataDirectory: string): Promise<string | undefined> {
  const { cluster, password } = paths(await homeOf(dataDirectory));
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, , , port] = lines.map(line => line.trim());
  if (!pid || !(await isReady(cluster, Number(pid)))) return undefined;
  return `postgres://postgres:${(await readFile(password, 'utf8')).trim()}@127.0.0.1:${port}/postgres`;
}
