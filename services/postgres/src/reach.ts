import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Account } from './account.ts';
import { PostgresFailure } from './postgres-failure.ts';

/** Refuses a path whose parents the account may not pass; `remedy` says what to do instead of opening the parent. */
export async function assertReachable(path: string, account: Account | undefined, remedy: string): Promise<void> {
  if (!account) return;
  const parents: string[] = [];
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    parents.unshift(parent);
    if (parent === dirname(parent)) break;
  }
  for (const parent of parents) {
    const { mode, uid, gid } = await stat(parent);
    const passes = uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001;
    if (!passes) {
      throw new PostgresFailure(
        `PostgreSQL runs as "${account.name}" because you are root, and may not enter ${parent}, the way to ${path}: run "chmod o+x ${parent}", start the hub as an ordinary user, or ${remedy}.`,
      );
    }
  }
}
