import { appendFile, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountFor } from './account.ts';
import { connected } from './administrator.ts';
import { type BackupRange, baseBackup } from './base-backup.ts';
import { createDirectory } from './data-directory.ts';
import { unpackCluster } from './restore-cluster.ts';
import { runningServer } from './running-server.ts';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';
import { verifyManifest } from './verify-manifest.ts';

let work: string;
let postgres: RunningPostgres;
let range: BackupRange;
let files: { tar: string; manifest: string };
let unpacked: string;

beforeAll(async () => {
  work = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-base-backup-')));
  postgres = await startPostgres({ dataDirectory: join(work, 'data'), durable: false });
  await connected(postgres.adminUrl, run =>
    run('create table much as select repeat(md5(n::text), 8) from generate_series(1, 60000) n'),
  );
  files = { tar: join(work, 'cluster.tar.gz'), manifest: join(work, 'cluster.manifest') };
  range = await baseBackup(postgres.adminUrl, files);
  unpacked = await mkdtemp(join(work, 'unpacked-'));
  await unpackCluster(files, unpacked, await accountFor(postgres.directory));
}, 120_000);

afterAll(async () => {
  await postgres.stop();
  await rm(work, { recursive: true, force: true });
});

describe('a copy of a running server', () => {
  it('says which part of the log of writes makes it whole, and is for its owner alone', async () => {
    expect(range).toEqual({
      from: expect.stringMatching(/^0\/[0-9A-F]+$/),
      to: expect.stringMatching(/^0\/[0-9A-F]+$/),
      timeline: 1,
    });
    for (const file of Object.values(files)) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(files.tar)).size).toBeGreaterThan(1_000_000);
  });

  it('is found by the files of the server that runs', async () => {
    expect(await runningServer(join(work, 'data'))).toBe(postgres.adminUrl);
    expect(await runningServer(join(work, 'nowhere'))).toBeUndefined();
  });

  it('leaves no file behind that cannot be written to its end, and ends', async () => {
    await expect(baseBackup(postgres.adminUrl, { tar: '/dev/full', manifest: join(work, 'never') })).rejects.toThrow(
      /EEXIST|ENOSPC/,
    );
    await expect(baseBackup(postgres.adminUrl, { tar: join(work, 'a', 'b'), manifest: join(work, 'never') })).rejects.toThrow(
      'ENOENT',
    );
  }, 20_000);

  const spoilt = async (how: (cluster: string) => Promise<unknown>) => {
    const copy = await mkdtemp(join(work, 'spoilt-'));
    const cluster = join(copy, 'cluster');
    await cp(join(unpacked, 'cluster'), cluster, { recursive: true });
    await how(cluster);
    return verifyManifest(cluster, files.manifest);
  };

  it('is compared file by file with what its server wrote down of it', async () => {
    await spoilt(async () => undefined);
    await expect(spoilt(cluster => appendFile(join(cluster, 'PG_VERSION'), ' '))).rejects.toThrow(
      'The backup is damaged: PG_VERSION is not what was copied. Nothing was changed; take another backup.',
    );
    const changed = spoilt(async cluster => {
      const file = join(cluster, 'global', 'pg_control');
      const bytes = await readFile(file);
      bytes[100]! ^= 1;
      await writeFile(file, bytes);
    });
    await expect(changed).rejects.toThrow('global/pg_control is not what was copied');
    await expect(spoilt(cluster => rm(join(cluster, 'global', 'pg_filenode.map')))).rejects.toThrow(
      'global/pg_filenode.map is missing',
    );
    await expect(spoilt(cluster => writeFile(join(cluster, 'base', 'more'), ''))).rejects.toThrow('base/more was not in it');
  });

  it('is not taken with a manifest that was changed', async () => {
    const manifest = join(work, 'changed.manifest');
    await writeFile(manifest, (await readFile(files.manifest, 'utf8')).replace('PG_VERSION', 'PG_VERSIOM'));
    await expect(verifyManifest(join(unpacked, 'cluster'), manifest)).rejects.toThrow('its manifest was changed');
  });
});
