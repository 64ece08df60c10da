import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { WalArchive } from './wal-archive.ts';

const every = 15_000;
const isSegment = (name: string) => /^[0-9A-F]{24}(\.partial)?(\.gz)?$/.test(name);

/** Packs what PostgreSQL archived and keeps it below its size, until stopped. */
export function tendArchive(archive: WalArchive): () => void {
  let tending = Promise.resolve();
  const timer = setInterval(() => {
    // A full disk is no reason to stop a database; the next look comes soon.
    tending = tending.then(() => packAndPrune(archive)).catch(() => undefined);
  }, every).unref();
  return () => clearInterval(timer);
}

export async function packAndPrune({ directory, bytes }: WalArchive): Promise<void> {
  for (const name of await readdir(directory)) if (isSegment(name) && !name.endsWith('.gz')) await pack(join(directory, name));
  const names = (await readdir(directory)).filter(isSegment);
  const found = await Promise.all(names.map(async name => ({ name, ...(await stat(join(directory, name))) })));
  // By age and not by name: after a restore the numbers begin anew.
  found.sort((a, b) => b.mtimeMs - a.mtimeMs || (a.name < b.name ? 1 : -1));
  let kept = 0;
  for (const { name, size } of found) {
    kept += size;
    if (kept > bytes) await unlink(join(directory, name));
  }
}

/** A segment that was given up early is mostly nothing. It appears packed only when it is whole, and as old as it was. */
async function pack(path: string): Promise<void> {
  const draft = `${path}.gz.part`;
  await rm(draft, { force: true });
  const { atime, mtime } = await stat(path);
  await pipeline(createReadStream(path), createGzip({ level: 1 }), createWriteStream(draft, { mode: 0o600, flush: true }));
  await utimes(draft, atime, mtime);
  await rename(draft, `${path}.gz`);
  await unlink(path);
}
