import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { inRepository } from '@hub/launcher/layout';
import { createDirectory } from '@hub/postgres/data-directory';
import pg from 'pg';

/** A hub whose data is on a disk that can be filled. */
export interface SmallDisk {
  /** Starts `npm start`'s program there; it may be meant not to start. */
  start(): StartedThere;
  /** A token of the installation. */
  token(): Promise<string>;
  /** Fills the disk, and writes until nothing more can be written. A new session could not even begin then. */
  fill(): Promise<void>;
  /** Bytes of what fills it. */
  filled(): Promise<number>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

export interface StartedThere {
  /** Its address, once it is ready. */
  url: Promise<string>;
  ended: Promise<{ code: number; err: string }>;
  stop(): Promise<{ code: number; err: string }>;
}

/** Only who may mount has a small disk, seen by nobody but whom it lets in; undefined elsewhere. */
export async function smallDisk(): Promise<SmallDisk | undefined> {
  const folder = join(await createDirectory(await mkdtemp(join(tmpdir(), 'hub-full-'))), 'disk');
  const removeFolder = () => rm(join(folder, '..'), { recursive: true, force: true });
  await mkdir(folder);
  const script = 'mount -t tmpfs -o size=320m,mode=0711 hub "$0" && echo mounted && exec sleep infinity';
  const keeper =
    process.getuid?.() === 0
      ? spawn('unshare', ['-m', 'sh', '-c', script, folder], { stdio: ['ignore', 'pipe', 'ignore'] })
      : undefined;
  const never = () => false;
  const isMounted =
    keeper && (await Promise.race([once(keeper.stdout, 'data').then(() => true), once(keeper, 'close').then(never, never)]));
  if (!isMounted) {
    await removeFolder();
    return undefined;
  }
  const inside = (...command: string[]) => ['-t', String(keeper.pid), '-m', ...command];
  /** As it is seen from outside. */
  const onDisk = (...parts: string[]) => join(`/proc/${keeper.pid}/root${folder}`, ...parts);

  async function fill(): Promise<void> {
    const password = (await readFile(onDisk('postgres', 'password'), 'utf8')).trim();
    const port = (await readFile(onDisk('postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[3];
    const client = new pg.Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` });
    client.on('error', () => undefined);
    await client.connect();
    await promisify(execFile)('nsenter', inside('sh', '-c', 'cat /dev/zero > "$0" 2>/dev/null; true', join(folder, 'filler')));
    for (;;)
      try {
        await client.query(`select pg_logical_emit_message(true, 'x', repeat('x', 100000)), pg_switch_wal()`);
      } catch (error) {
        if (!/^53/.test((error as { code?: string }).code ?? '')) break;
      }
    await client.end().catch(() => undefined);
  }

  return {
    start: () => started(inside(process.execPath, inRepository('services', 'launcher', 'dist', 'start.js')), folder),
    token: async () => signToken(await installationKey(onDisk()), { role: 'COMMITTEE', division: '220102' }),
    fill,
    filled: async () => (await stat(onDisk('filler'))).size,
    free: () => rm(onDisk('filler')),
    remove: async () => {
      const ended = once(keeper, 'exit');
      keeper.kill('SIGKILL');
      await ended;
      await removeFolder();
    },
  };
}

function started(command: string[], data: string): StartedThere {
  const env = { ...process.env, HUB_DATA: data, HUB_PORT: '0', HUB_OPERATORS_PORT: '', HUB_SAMPLE: 'none' };
  const child = spawn('nsenter', command, { cwd: inRepository(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  const ready = new Promise<string>(resolve => {
    child.stdout.on('data', chunk => {
      out += chunk;
      const url = /^Hub ready at (\S+)$/m.exec(out)?.[1];
      if (url) resolve(url);
    });
  });
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, err }));
  const url = Promise.race([ready, ended.then(() => Promise.reject(new Error(err)))]);
  // Nobody waits for the address of a hub that is meant not to start.
  url.catch(() => undefined);
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { url, ended, stop };
}
