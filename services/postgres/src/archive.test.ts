import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connected } from './administrator.ts';
import { createDirectory } from './data-directory.ts';
import { stageWal } from './stage-wal.ts';
import { startPostgres } from './start-postgres.ts';
import { packAndPrune } from './tend-archive.ts';
import { walArchive } from './wal-archive.ts';
import { firstSegment, timelineAfter } from './wal-names.ts';

let directory: string;
const at = (...parts: string[]) => join(directory, ...parts);
beforeEach(async () => {
  directory = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-archive-')));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const segment = (timeline: number, number: number) =>
  `${String(timeline).padStart(8, '0')}00000000${number.toString(16).toUpperCase().padStart(8, '0')}`;

describe('the log of writes', () => {
  it('is archived by a server whose data are to last, in a folder that it alone reads', async () => {
    const postgres = await startPostgres({ dataDirectory: at('data') });
    try {
      const archived = await connected(postgres.adminUrl, async run => {
        const [written] = await run('select pg_walfile_name(pg_current_wal_lsn()) as name');
        await run('create table t (n int)');
        await run('select pg_switch_wal()');
        for (;;) {
          const [state] = await run('select last_archived_wal as name, failed_count from pg_stat_archiver');
          if (state!.name === written!.name) return state!;
        }
      });
      expect(archived.failed_count).toBe('0');
      expect(await readdir(join(postgres.directory, 'archive'))).toContain(archived.name);
      expect((await stat(join(postgres.directory, 'archive'))).mode & 0o077).toBe(0);
    } finally {
      await postgres.stop();
    }
  }, 30_000);

  it('is kept packed, the newest within the size, and comes out as it was', async () => {
    const contents = new Map<string, Buffer>();
    for (let number = 1; number <= 5; number++) {
      // After a restore numbers begin anew: the timeline is younger than its number says.
      const name = segment(number > 3 ? 2 : 1, number > 3 ? number - 3 : number);
      const content = Buffer.concat([randomBytes(10_000), Buffer.alloc(50_000)]);
      contents.set(name, content);
      await writeFile(at(name), content);
      await utimes(at(name), number, number);
    }
    await writeFile(at('00000002.history'), '1\t0/3000000\tno recovery target specified\n');
    await packAndPrune({ directory, bytes: 35_000 });
    const kept = [segment(1, 3), segment(2, 1), segment(2, 2)];
    expect((await readdir(directory)).toSorted()).toEqual(['00000002.history', ...kept.map(name => `${name}.gz`)].toSorted());
    await stageWal([directory], at('staged'), segment(1, 1), undefined);
    for (const name of kept) expect((await readFile(at('staged', name))).equals(contents.get(name)!)).toBe(true);
    expect(await readdir(at('staged'))).toContain('00000002.history');
  });

  it('is taken from the archive before it is taken from where it was written, and not from before the backup', async () => {
    const [archive, written] = [await mkdtemp(at('archive-')), await mkdtemp(at('written-'))];
    await writeFile(join(archive, segment(1, 2)), 'whole');
    for (const number of [1, 2, 3]) await writeFile(join(written, segment(1, number)), 'part');
    await writeFile(join(written, `${segment(1, 4)}.partial`), 'part');
    await stageWal([archive, at('nowhere'), written], at('staged'), segment(1, 2), undefined);
    expect((await readdir(at('staged'))).toSorted()).toEqual([segment(1, 2), segment(1, 3)]);
    expect(await readFile(at('staged', segment(1, 2)), 'utf8')).toBe('whole');
  });

  it('is followed along the newest timeline that goes on from the backup', async () => {
    const range = { from: '1/A2000028', to: '1/A2000150', timeline: 2 };
    expect(firstSegment(range)).toBe('0000000200000001000000A2');
    expect(await timelineAfter(directory, range)).toBe(2);
    await writeFile(at('00000003.history'), '1\t0/3000000\tbefore\n\n2\t1/B0000000\tbefore 2026-01-01\n');
    // This one left the backup's timeline before the backup ended.
    await writeFile(at('00000004.history'), '1\t0/3000000\tbefore\n\n2\t1/A0000000\tbefore 2026-01-01\n');
    expect(await timelineAfter(directory, range)).toBe(3);
  });

  it('has a place and a size by setting', () => {
    expect(walArchive('/data', {})).toEqual({ directory: '/data/archive', bytes: 1_000_000_000 });
    expect(walArchive('/data', { HUB_WAL_ARCHIVE: '/mnt/wal', HUB_WAL_MB: '50' })).toEqual({
      directory: '/mnt/wal',
      bytes: 50_000_000,
    });
    expect(walArchive('/data', { HUB_WAL_MB: '0' })).toBeUndefined();
    expect(() => walArchive('/data', { HUB_WAL_MB: 'much' })).toThrow('HUB_WAL_MB is "much": give a whole number of megabytes');
  });
});
