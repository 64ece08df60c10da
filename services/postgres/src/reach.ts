import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Account } from './account.ts';

/** The first folder on the way to a path that the account may not enter; undefined where it may go all the way. */
export async function closedParent(path: string, account: Account | undefined): Promise<string | undefined> {
  if (!account) return undefined;
  const parents: string[] = [];
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    parents.unshift(parent);
    if (parent === dirname(parent)) break;
  }
  for (const parent of parents) {
    const { mode, uid, gid } = await stat(parent);
    const passes = uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001;
    if (!passes) return parent;
  }
  return undefined;
}
