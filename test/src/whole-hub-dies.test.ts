import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { inRepository } from '@hub/launcher/layout';
import { anOrganisation } from '@hub/organisations/factories';
import { createDirectory } from '@hub/postgres/data-directory';
import { stopLeftover } from '@hub/postgres/start-postgres';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processesBelow } from './processes-below.ts';
import { ask } from './test-service.ts';

let dataDirectory: string;
let launcher: ChildProcess | undefined;
beforeAll(async () => {
  dataDirectory = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-dies-')));
});
afterAll(async () => {
  if (launcher && launcher.exitCode === null && launcher.signalCode === null) {
    launcher.kill('SIGTERM');
    await once(launcher, 'exit');
  }
  await stopLeftover(join(dataDirectory, 'postgres'));
  await rm(dataDirectory, { recursive: true, force: true });
}, 120_000);

/** Starts the hub as `npm start` does; answers its address. */
async function start(): Promise<string> {
  const env = { ...process.env, HUB_DATA: dataDirectory, HUB_PORT: '0', HUB_OPERATORS_PORT: '', HUB_SAMPLE: 'none' };
  const program = inRepository('services', 'launcher', 'dist', 'start.js');
  const child = spawn(process.execPath, [program], { cwd: inRepository(), env, stdio: ['ignore', 'pipe', 'inherit'] });
  launcher = child;
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    const url = /^Hub ready at (\S+)$/m.exec(printed)?.[1];
    if (url) return url;
  }
  throw new Error(`The hub did not start: ${printed}`);
}

/** All at once: nobody is left to tidy up, and PostgreSQL's sessions are at work. */
async function killEverything(): Promise<void> {
  const { pid } = launcher!;
  const ended = once(launcher!, 'exit');
  for (const each of [pid!, ...processesBelow(pid).map(below => below.pid)])
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It ended with the one before it.
    }
  await ended;
}

const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }';
const list = '{ organisations(first: 100) { nodes { id } } }';

describe('kill -9 of everything', () => {
  it('loses nothing that was acknowledged: the next start has it, whenever it was', async () => {
    let url = await start();
    const token = await signToken(await installationKey(dataDirectory), { role: 'COMMITTEE', division: '220102', minutes: 60 });
    const acknowledged: string[] = [];
    for (let round = 1; round <= 2; round++) {
      const { signal, ...stop } = writing();
      const writes = Promise.all(
        [1, 2, 3].map(async () => {
          while (!signal.aborted) {
            const { data } = await ask(url, token, create, { input: anOrganisation() }).catch(() => ({ data: null }));
            if (data?.createOrganisation) acknowledged.push(data.createOrganisation.id);
            if (acknowledged.length >= round * 10) stop.enough();
          }
        }),
      );
      await stop.begun;
      await killEverything();
      stop.over();
      await writes;
      url = await start();
      const { data } = await ask(url, token, list);
      const there = new Set(data.organisations.nodes.map(({ id }: { id: string }) => id));
      expect(acknowledged.filter(id => !there.has(id))).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
  }, 240_000);
});

function writing() {
  const over = new AbortController();
  const { promise: begun, resolve: enough } = Promise.withResolvers<void>();
  return { signal: over.signal, begun, enough, over: () => over.abort() };
}
