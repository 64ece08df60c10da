import { chmod, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { PostgresFailure } from './postgres-failure.ts';
import { closedParent } from './reach.ts';

/** Where the data of programs stand on Linux, then what there is elsewhere. */
const places = ['/var/lib', '/usr/local/var', '/opt'];

/** Makes a folder of its own that root writes and the account may enter, for what it cannot reach where we are. */
export async function openFolder(prefix: string, account: Account, closed: string): Promise<string> {
  for (const place of places) {
    const beyond = await closedParent(join(place, 'x'), account).catch(() => place);
    const made = beyond ? undefined : await mkdtemp(join(place, prefix)).catch(() => undefined);
    if (!made) continue;
    await chmod(made, 0o711);
    return made;
  }
  throw new PostgresFailure(
    `PostgreSQL runs as "${account.name}" because you are root, and may not enter ${closed}; no folder for it could be made in ${places.join(', ')}: start the hub as an ordinary user, or run "chmod o+x ${closed}".`,
  );
}
