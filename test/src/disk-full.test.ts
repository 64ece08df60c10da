import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { inRepository } from '@hub/launcher/layout';
import { anOrganisation } from '@hub/organisations/factories';
import { createDirectory } from '@hub/postgres/data-directory';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ask } from './test-service.ts';

let folder: string;
/** Keeps the small disk, which is seen by nobody but whom it lets in. */
let keeper: ChildProcess | undefined;

/** Only who may mount has a small disk; elsewhere the launcher's own test says what it does when PostgreSQL ends in these words. */
async function smallDisk(): Promise<ChildProcess | undefined> {
  const script = 'mount -t tmpfs -o size=320m,mode=0711 hub "$0" && echo mounted && exec sleep infinity';
  const child = spawn('unshare', ['-m', 'sh', '-c', script, folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  const mounted = await Promise.race([
    once(child.stdout, 'data').then(() => true),
    once(child, 'close').then(
      () => false,
      () => false,
    ),
  ]);
  return mounted ? child : undefined;
}

beforeAll(async () => {
  folder = join(await createDirectory(await mkdtemp(join(tmpdir(), 'hub-full-'))), 'disk');
  await mkdir(folder);
  keeper = process.getuid?.() === 0 ? await smallDisk() : undefined;
});
afterAll(async () => {
  if (keeper) {
    const ended = once(keeper, 'exit');
    keeper.kill('SIGKILL');
    await ended;
  }
  await rm(join(folder, '..'), { recursive: true, force: true });
});

const inside = (...command: string[]) => ['-t', String(keeper!.pid), '-m', ...command];
/** As it is seen from outside. */
const onDisk = (...parts: string[]) => join(`/proc/${keeper!.pid}/root${folder}`, ...parts);

function start() {
  const env = { ...process.env, HUB_DATA: folder, HUB_PORT: '0', HUB_OPERATORS_PORT: '', HUB_SAMPLE: 'none' };
  const command = inside(process.execPath, inRepository('services', 'launcher', 'dist', 'start.js'));
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
  return { child, ended, ready: url };
}

const fill = () =>
  promisify(execFile)('nsenter', inside('sh', '-c', 'cat /dev/zero > "$0" 2>/dev/null; true', join(folder, 'filler')));
const free = () => rm(onDisk('filler'));

/** Fills the disk, and writes until nothing more can be written. A new session could not even begin then. */
async function fillAndWrite(): Promise<void> {
  const password = (await readFile(onDisk('postgres', 'password'), 'utf8')).trim();
  const port = (await readFile(onDisk('postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[3];
  const client = new pg.Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` });
  client.on('error', () => undefined);
  await client.connect();
  await fill();
  for (;;)
    try {
      await client.query(`select pg_logical_emit_message(true, 'x', repeat('x', 100000)), pg_switch_wal()`);
    } catch (error) {
      if (!/^53/.test((error as { code?: string }).code ?? '')) break;
    }
  await client.end().catch(() => undefined);
}

const isFull =
  /^磁盘已满，.* The disk with \S+ is full, .*: make room, then run "npm start"\. 枢纽已停止。 The hub has stopped\.\n$/m;
const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }';

describe('a full disk', () => {
  it('stops the hub with a line that says so; when there is room again it comes back, and nothing acknowledged is lost', async () => {
    if (!keeper) return;
    const first = start();
    const key = await first.ready.then(() => installationKey(onDisk()));
    const token = await signToken(key, { role: 'COMMITTEE', division: '220102' });
    const { data } = await ask(await first.ready, token, create, { input: anOrganisation() });
    await fillAndWrite();
    expect(await first.ended).toEqual({ code: 1, err: expect.stringMatching(isFull) });

    expect(await start().ended).toEqual({ code: 1, err: expect.stringMatching(/the disk is full\.\n$/) });

    expect((await stat(onDisk('filler'))).size).toBeGreaterThan(0);
    await free();
    const again = start();
    const query = '{ organisations(first: 10) { nodes { id } } }';
    expect((await ask(await again.ready, token, query)).data.organisations.nodes).toEqual([{ id: data.createOrganisation.id }]);
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
  }, 240_000);
});
