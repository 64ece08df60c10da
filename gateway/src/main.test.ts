import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { eventually } from '@hub/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, imaginedHub, supergraphSdl } from './testing/imagined-hub.ts';
import { bearer, keys } from './testing/tokens.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let directory: string;
let env: Record<string, string>;
beforeAll(async () => {
  hub = await imaginedHub();
  directory = await mkdtemp(join(tmpdir(), 'gateway-'));
  await writeFile(join(directory, 'jwks.json'), JSON.stringify(keys));
  await writeFile(join(directory, 'supergraph.graphql'), supergraphSdl);
  env = {
    PATH: process.env.PATH ?? '',
    HUB_PORT: '0',
    HUB_OPERATORS_PORT: '0',
    HUB_JWKS: pathToFileURL(join(directory, 'jwks.json')).href,
    HUB_SUPERGRAPH: join(directory, 'supergraph.graphql'),
    HUB_URL_PLACES: hub.places.url,
    HUB_URL_PEOPLE: hub.people.url,
  };
});
afterAll(async () => {
  await hub.stop();
  await rm(directory, { recursive: true });
});

/** The real program, from source. */
function start(changes: Record<string, string> = {}) {
  const execArgv = ['--experimental-transform-types', '--conditions=source', '--disable-warning=ExperimentalWarning'];
  const child = fork(program, [], { env: { ...env, ...changes }, execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let complaint = '';
  child.stderr?.on('data', chunk => {
    complaint += chunk;
  });
  return { child, complaint: () => complaint };
}

const portOf = async (child: ChildProcess) => ((await once(child, 'message')) as [{ ready: { port: number } }])[0].ready.port;
const exitOf = async (child: ChildProcess) => (await once(child, 'exit'))[0];

describe('the program', () => {
  it.each(['SIGTERM', 'SIGINT', 'disconnect'])(
    'says when it is ready, serves, and leaves on %s',
    async how => {
      const { child, complaint } = start();
      const port = await portOf(child);
      expect((await ask(`http://127.0.0.1:${port}`, '{ peopleCount }', { authorization: await bearer() })).data).toEqual({
        peopleCount: 3,
      });
      if (how === 'disconnect') child.disconnect();
      else child.kill(how as NodeJS.Signals);
      expect([await exitOf(child), complaint()]).toEqual([0, '']);
    },
    60_000,
  );

  it('names a subgraph it waits for once, and goes on when it is there', async () => {
    let status = 503;
    const server = createServer((_request, response) => response.writeHead(status).end());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { child, complaint } = start({ HUB_URL_PEOPLE: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const ready = portOf(child);
    await eventually(() => expect(complaint()).not.toBe(''));
    await new Promise(resolve => setTimeout(resolve, 1_500));
    expect(complaint()).toBe('gateway: waiting for people\n');
    status = 200;
    expect(await ready).toBeGreaterThan(0);
    child.kill('SIGTERM');
    await exitOf(child);
    server.close();
  });

  it.each([
    ['a port in use', () => ({ HUB_PORT: new URL(hub.url).port }), /^gateway: port \d+ is in use: .*\n$/],
    ['no key set', () => ({ HUB_JWKS: '' }), /^gateway: The environment is not usable: HUB_JWKS: .*\n$/],
    ['no URL of a subgraph', () => ({ HUB_URL_PEOPLE: '' }), /^gateway: The environment is not usable: HUB_URL_PEOPLE: .*\n$/],
    ['no supergraph', () => ({ HUB_SUPERGRAPH: '/nowhere' }), /^gateway: The supergraph cannot be read at \/nowhere.*\n$/],
    ['a broken supergraph', () => ({ HUB_SUPERGRAPH: program }), /^gateway: .+\n$/],
  ] as [string, () => Record<string, string>, RegExp][])(
    'with %s says so in one line and exits with 1',
    async (_name, changes, line) => {
      const { child, complaint } = start(changes());
      expect(await exitOf(child)).toBe(1);
      expect(complaint()).toMatch(line);
      expect(complaint().trim().split('\n')).toHaveLength(1);
    },
    60_000,
  );
});
