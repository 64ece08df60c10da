import { type FileHandle, open, rename, stat } from 'node:fs/promises';

const limit = 10_000_000;

/** Opens a log to append to; one that has grown is kept once under `.1`, so logs never fill the disk. */
export async function openLog(path: string): Promise<FileHandle> {
  const present = await stat(path).catch(() => undefined);
  if (present && present.size > limit) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}
