import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '@hub/launcher/layout';
import { createDirectory } from '@hub/postgres/data-directory';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

let work: string;
const asked: string[] = [];
// Whatever a program sends outside when it is told of a proxy comes here, and goes no further.
const proxy = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.writeHead(502).end();
}).on('connect', (request, socket) => {
  asked.push(`CONNECT ${request.url}`);
  socket.end('HTTP/1.1 502 Nowhere\r\n\r\n');
});

beforeAll(async () => {
  work = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-two-commands-')));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(async () => {
  proxy.close();
  await rm(work, { recursive: true, force: true });
});
beforeEach(() => void asked.splice(0));

/** The environment of somebody at a terminal, behind the proxy: nothing of this test run, and no word that tools should be quiet. */
function atTerminal(more: Record<string, string>) {
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap(name => [
    [name, address],
    [name.toLowerCase(), address],
  ]);
  const { PATH = '', HOME = work } = process.env;
  return { PATH, HOME, ...Object.fromEntries(proxies), NO_PROXY: '127.0.0.1,localhost', ...more };
}

const npm = (args: string[], env: Record<string, string>) => {
  const child = spawn('npm', args, { cwd: inRepository(), env: atTerminal(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said += chunk;
    });
  return { child, said: () => said, ended: once(child, 'exit') as Promise<[number | null]> };
};

async function untilReady({ stdout }: ChildProcess): Promise<void> {
  let printed = '';
  for await (const chunk of stdout!) {
    printed += chunk;
    if (/^Hub ready at /m.test(printed)) break;
  }
}

const chatter = /turbo|telemetry|vercel|remote caching|packages in scope|cached:/i;

describe('the two commands', () => {
  it('npm start asks nothing of anybody outside and prints what the hub has to say', async () => {
    const { child, said, ended } = npm(['start'], { HUB_PORT: '0', HUB_SAMPLE: 'none', HUB_DATA: join(work, 'data') });
    await Promise.race([untilReady(child), ended]);
    child.kill('SIGTERM');
    await ended;
    expect(said()).toContain('Hub ready at http://127.0.0.1:');
    expect(said()).not.toMatch(chatter);
    expect(asked).toEqual([]);
  }, 300_000);

  it('npm test asks nothing of anybody outside and prints what the tests have to say', async () => {
    const { said, ended } = npm(['test', '--', 'services/launcher/src/table.test.ts'], {});
    expect([(await ended)[0], said()]).toEqual([0, expect.stringContaining('0 elsewhere')]);
    expect(said()).not.toMatch(chatter);
    expect(asked).toEqual([]);
  }, 300_000);
});
