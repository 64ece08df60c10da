import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Account } from './account.ts';

const log = /^([0-9A-F]{8}\.history|[0-9A-F]{24})(\.gz)?$/;

/**
 * Gathers the log of writes from where it is kept into one folder that PostgreSQL's account reads: segments not older than `first`,
 * histories of timelines. Of a name that is in several places the first one counts: name what was archived before what was not.
 */
export async function stageWal(
  sources: readonly string[],
  directory: string,
  first: string,
  account: Account | undefined,
): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  const staged = new Set<string>();
  for (const source of sources) {
    for (const file of await readdir(source).catch(() => [])) {
      const [, name, packed] = log.exec(file) ?? [];
      if (!name || staged.has(name)) continue;
      if (!name.endsWith('.history') && name.slice(8) < first.slice(8)) continue;
      staged.add(name);
      const to = createWriteStream(join(directory, name), { mode: 0o600 });
      const from = createReadStream(join(source, file));
      await (packed ? pipeline(from, createGunzip(), to) : pipeline(from, to));
      if (account) await chown(join(directory, name), account.uid, account.gid);
    }
  }
  if (account) await chown(directory, account.uid, account.gid);
  await chmod(directory, 0o700);
}
