import { chmod, cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { openFolder } from './open-folder.ts';
import { closedParent } from './reach.ts';

/** The programs where the account may run them: as root in a folder that is closed to it, a copy that is made once. */
export async function reachablePrograms(
  programs: Binaries,
  account: Account | undefined,
): Promise<{ programs: Binaries; closed?: string }> {
  const closed = await closedParent(programs.postgres, account);
  if (!account || !closed) return { programs };
  const native = resolve(programs.postgres, '..', '..');
  const { name, version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  const draft = await openFolder('hub-programs-', account, closed);
  const copy = join(dirname(draft), `hub-postgres-${version}-${name.split('/').at(-1)}`);
  try {
    if (!(await isThere(copy))) {
      await cp(native, draft, { recursive: true, verbatimSymlinks: true });
      await open(draft);
      // Of two that copy at once the first one stays.
      await rename(draft, copy).catch(error => {
        if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error;
      });
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  const at = (program: string) => join(copy, 'bin', program);
  return { programs: { postgres: at('postgres'), initdb: at('initdb'), pg_ctl: at('pg_ctl') }, closed };
}

const isThere = (copy: string) =>
  stat(join(copy, 'bin', 'postgres')).then(
    () => true,
    () => false,
  );

/** Whatever mask npm unpacked them under. */
async function open(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    await chmod(path, (await stat(path)).mode | 0o444 | (entry.isDirectory() || entry.parentPath.endsWith('bin') ? 0o111 : 0));
  }
}
