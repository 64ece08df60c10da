import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupRange } from './base-backup.ts';

const hex8 = (number: number) => number.toString(16).toUpperCase().padStart(8, '0');
const halves = (lsn: string) => lsn.split('/').map(half => Number.parseInt(half, 16)) as [number, number];
const position = (lsn: string) => BigInt(halves(lsn)[0]) * 2n ** 32n + BigInt(halves(lsn)[1]);

/** The file of 16 MB of the log of writes in which a backup begins. */
export function firstSegment({ from, timeline }: BackupRange): string {
  const [high, low] = halves(from);
  return hex8(timeline) + hex8(high) + hex8(low >>> 24);
}

/**
 * The newest timeline that goes on from a backup. One that left the backup's own before its end belongs to another restore, and
 * PostgreSQL refuses to follow it from here.
 */
export async function timelineAfter(wal: string, { to, timeline }: BackupRange): Promise<number> {
  let newest = timeline;
  for (const file of await readdir(wal)) {
    const [, number] = /^([0-9A-F]{8})\.history$/.exec(file) ?? [];
    if (!number || Number.parseInt(number, 16) <= newest) continue;
    const left = [...(await readFile(join(wal, file), 'utf8')).matchAll(/^(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/gm)];
    if (left.some(([, of, at]) => Number(of) === timeline && position(at!) >= position(to))) newest = Number.parseInt(number, 16);
  }
  return newest;
}
