import { type FileHandle, open } from 'node:fs/promises';
import { logLimits } from './log-limits.ts';
import { rotateWhenLarge } from './rotate-logs.ts';

/** Opens a log to append to; one that has grown is put aside first. */
export async function openLog(path: string): Promise<FileHandle> {
  await rotateWhenLarge(path, logLimits());
  return open(path, 'a', 0o600);
}
