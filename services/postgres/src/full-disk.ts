import { statfs } from 'node:fs/promises';
import { PostgresFailure } from './postgres-failure.ts';

/** The next piece of the write-ahead log, which PostgreSQL cannot do without. */
const least = 16 * 1024 * 1024;

/** A disk that is full: PostgreSQL cannot say so itself, because its log is on the same disk. */
export async function fullDisk(directory: string): Promise<PostgresFailure | undefined> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize >= least) return undefined;
  return new PostgresFailure(`The data directory ${directory} cannot be used: the disk is full.`);
}
