import { copyFile, rename, stat, truncate } from 'node:fs/promises';
import { type LogLimits, logLimits } from './log-limits.ts';

const look = 5_000;

/**
 * Keeps logs small that are being written. Each is written by a process that holds it open, so that nobody stands between a process and
 * its log: what is in it is copied aside and it is cut to nothing, and the writer, who appends, goes on at its new end. No package does
 * that for files that others write.
 */
export function rotateLogs(paths: () => readonly string[] | Promise<readonly string[]>, limits = logLimits()): () => void {
  let rotating = Promise.resolve();
  const timer = setInterval(() => {
    // A full disk or a log that is not there yet is no reason to stop a hub; the next look comes soon.
    rotating = rotating
      .then(async () => {
        for (const path of await paths()) await rotateWhenLarge(path, limits);
      })
      .catch(() => undefined);
  }, look).unref();
  return () => clearInterval(timer);
}

/** Numbers go up with age: `.1` is what was written last. */
export async function rotateWhenLarge(path: string, { bytes, kept }: LogLimits): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size <= bytes) return;
  for (let number = kept - 1; number >= 1; number--)
    await rename(`${path}.${number}`, `${path}.${number + 1}`).catch(() => undefined);
  if (kept > 0) await copyFile(path, `${path}.1`);
  await truncate(path);
}
