import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { accountFor } from './account.ts';
import { connected } from './administrator.ts';
import { type BackupRange, baseBackup } from './base-backup.ts';
import { createDirectory } from './data-directory.ts';
import { recover, type Target, unpackCluster } from './restore-cluster.ts';
import { stageWal } from './stage-wal.ts';
import { startPostgres } from './start-postgres.ts';
import { firstSegment } from './wal-names.ts';

let work: string;
let data: string;
let taken = 0;
beforeEach(async () => {
  work = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-recovery-')));
  data = join(work, 'data');
});
afterEach(() => rm(work, { recursive: true, force: true }));

interface Taken {
  files: { tar: string; manifest: string };
  range: BackupRange;
}

/** Starts the server, writes numbers, takes a backup where told, and stops. Answers what is in it. */
async function live(numbers: number[], backsUp = false): Promise<{ backup?: Taken; moment: string; found: number[] }> {
  const postgres = await startPostgres({ dataDirectory: data });
  try {
    const files = { tar: join(work, `${++taken}.tar.gz`), manifest: join(work, `${taken}.manifest`) };
    await connected(postgres.adminUrl, run => run('create table if not exists t (n int)'));
    const backup = backsUp ? { files, range: await baseBackup(postgres.adminUrl, files) } : undefined;
    const [found, moment] = await connected(postgres.adminUrl, async run => {
      for (const n of numbers) await run('insert into t values ($1)', [n]);
      const [now] = await run<{ now: string }>('select clock_timestamp()::text as now');
      return [(await run<{ n: number }>('select n from t order by n')).map(({ n }) => n), now!.now] as const;
    });
    return { backup, moment, found };
  } finally {
    await postgres.stop();
  }
}

/** Recovers beside the server and takes its place, as a restore does. */
async function restore({ files, range }: Taken, target: Target): Promise<void> {
  const draft = join(work, `draft-${++taken}`);
  const account = await accountFor(join(data, 'cluster'));
  await mkdir(draft, { mode: 0o700 });
  await unpackCluster(files, draft, account);
  await stageWal([join(data, 'archive'), join(data, 'cluster', 'pg_wal')], join(draft, 'wal'), firstSegment(range), account);
  await recover(draft, join(draft, 'wal'), { range, target }, account);
  await rename(join(data, 'cluster'), join(work, `replaced-${taken}`));
  await rename(join(draft, 'cluster'), join(data, 'cluster'));
}

it('a backup can be restored again and again: to a moment, further along what came of that, and as it was', async () => {
  const { backup, moment } = await live([1], true);
  await live([2]);
  await restore(backup!, { moment });
  expect((await live([10])).found).toEqual([1, 10]);
  // The newest life is followed: 2 was undone.
  await restore(backup!, 'latest');
  const second = await live([20], true);
  expect(second.found).toEqual([1, 10, 20]);
  await restore(backup!, 'backup');
  expect((await live([])).found).toEqual([]);
  // This one began in a life that the last restore has left.
  await restore(second.backup!, 'latest');
  expect((await live([])).found).toEqual([1, 10, 20]);
}, 120_000);
