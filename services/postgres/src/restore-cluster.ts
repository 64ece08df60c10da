import { createReadStream } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-fs';
import type { Account } from './account.ts';
import type { BackupRange } from './base-backup.ts';
import { binaries } from './binaries.ts';
import { paths } from './cluster.ts';
import { complaint } from './complaint.ts';
import { reachablePrograms } from './reachable-programs.ts';
import { recoveryFailure } from './recovery-failure.ts';
import { serverSettings } from './server-settings.ts';
import { freePort, launch, stop, whenEnded } from './start-postgres.ts';
import { verifyManifest } from './verify-manifest.ts';
import { timelineAfter } from './wal-names.ts';

/** How far a recovery goes: the end of the backup, the end of all there is, or a moment. */
export type Target = 'backup' | 'latest' | { moment: string };

/** Unpacks a copied cluster into `directory` and compares it with its manifest. */
export async function unpackCluster(
  { tar, manifest }: { tar: string; manifest: string },
  directory: string,
  account: Account | undefined,
): Promise<void> {
  const { cluster } = paths(directory);
  await mkdir(cluster, { mode: 0o700 });
  const mode = { dmode: 0o700, fmode: 0o600 };
  await pipeline(createReadStream(tar), createGunzip(), extract(cluster, { ...mode, ignore: isLink }));
  await verifyManifest(cluster, manifest);
  await writeFile(join(cluster, 'recovery.signal'), '', { mode: 0o600 });
  if (account) await giveTo(account, directory);
}

/** No server of the hub has tablespaces: a link in a copy is not PostgreSQL's. */
const isLink = (_name: string, header?: { type?: string | null }) => header?.type === 'symlink' || header?.type === 'link';

async function giveTo(account: Account, directory: string): Promise<void> {
  const below = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const path of [directory, ...below.map(entry => join(entry.parentPath, entry.name))])
    await chown(path, account.uid, account.gid);
  await chmod(directory, 0o700);
}

/**
 * Lets PostgreSQL play the log of writes up to the target over the unpacked cluster, and ends it. It then has begun another timeline:
 * what is written from there on is told apart from what was undone. Answers the moment of the last change in it, as its log tells.
 */
export async function recover(
  directory: string,
  wal: string,
  { range, target }: { range: BackupRange; target: Target },
  account: Account | undefined,
): Promise<string | undefined> {
  const { programs } = await reachablePrograms(await binaries(), account);
  const settings = {
    ...(target === 'backup' && { recovery_target: 'immediate' }),
    ...(typeof target === 'object' && { recovery_target_time: target.moment }),
    recovery_target_timeline: target === 'backup' ? range.timeline : await timelineAfter(wal, range),
    restore_command: `cp "${escaped(wal)}/%f" "%p"`,
    recovery_target_action: 'promote',
    // It is ready when it is done, not when it could be read on the way.
    hot_standby: 'off',
    // What it begins is archived from the next start on; with archiving off it would forget that it has to be.
    archive_mode: 'on',
    archive_library: '',
  };
  const started = await launch(directory, programs, account, [
    ...serverSettings(await freePort(), true),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  if (!('server' in started)) throw recoveryFailure(started.output) ?? complaint('recover', directory, started.output);
  await stop(started.server, whenEnded(started.server));
  const log = await readFile(paths(directory).log, 'utf8');
  if (!/selected new timeline ID/.test(log)) throw complaint('end the recovery of', directory, log);
  return /last completed transaction was at log time (.+)$/m.exec(log)?.[1];
}

/** In the shell that PostgreSQL runs the command with; % is PostgreSQL's own. */
const escaped = (path: string) => path.replace(/["\\$`]/g, '\\$&').replaceAll('%', '%%');
