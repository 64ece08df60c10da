import { access, chmod, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PostgresFailure } from './postgres-failure.ts';

const isRoot = () => process.getuid?.() === 0;

/** One folder after the other: Node's own `recursive` tries for ever where a file system makes no folders, as /proc does. */
async function make(directory: string): Promise<void> {
  const missing: string[] = [];
  for (let path = directory; !(await exists(path)); path = dirname(path)) missing.unshift(path);
  for (const path of missing) {
    const isNew = await mkdir(path).then(
      () => true,
      async error => {
        if (error.code === 'EEXIST' && (await stat(path)).isDirectory()) return false;
        throw error;
      },
    );
    if (isNew) await chmod(path, isRoot() ? 0o711 : 0o700);
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    error => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/** Makes a directory for the hub's own files. As root others may pass through it (not list it), because PostgreSQL is another user. */
export async function createDirectory(path: string): Promise<string> {
  const directory = resolve(path);
  try {
    await make(directory);
    const { mode, uid } = await stat(directory);
    if (isRoot() && uid === 0 && !(mode & 0o001)) await chmod(directory, (mode & 0o777) | 0o011);
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return directory;
  } catch (error) {
    throw directoryFailure(directory, error);
  }
}

const reasons: Record<string, string> = {
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOENT: 'it cannot be created: the file system is read-only, or a folder on the way is a broken link',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file with that name is in the way',
};

/** Turns a file system error into the one line an operator needs. */
export function directoryFailure(directory: string, error: unknown): unknown {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ? new PostgresFailure(`The data directory ${directory} cannot be used: ${reason}.`) : error;
}
