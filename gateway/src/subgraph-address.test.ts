import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesIn } from '@hub/kit/env';
import { describe, expect, it } from '@jest/globals';
import { startGateway } from './gateway.ts';
import { subgraphAddress, subgraphUrl } from './subgraph-address.ts';
import { executor } from './testing/executor.ts';
import { ask, supergraphSdl } from './testing/imagined-hub.ts';
import { bearer, verify } from './testing/tokens.ts';

describe('the address of a subgraph', () => {
  it.each([
    ['http://127.0.0.1:4001', { origin: 'http://127.0.0.1:4001', path: '' }],
    ['https://people.example/sub/', { origin: 'https://people.example', path: '/sub' }],
    ['unix:/run/hub/people.sock', { origin: 'http://localhost', path: '', socketPath: '/run/hub/people.sock' }],
  ])('%s', (url, address) => {
    expect(subgraphAddress(subgraphUrl.parse(url))).toEqual(address);
  });

  it('may be several, side by side', () => {
    const urls = subgraphUrl.parse('http://127.0.0.1:4001, https://people.example,unix:/run/people.sock');
    expect(addressesIn(urls)).toEqual(['http://127.0.0.1:4001', 'https://people.example', 'unix:/run/people.sock']);
  });

  it.each([
    '',
    'http://a,',
    'http://a,ftp://b',
    'http://a http://b',
    'unix:',
    'unix:people.sock',
    'unix:/a b',
    'unix:/a?b',
    'file:///run/people.sock',
    '/run/people.sock',
    'ftp://a',
  ])('is not %p', url => {
    expect(subgraphUrl.safeParse(url).success).toBe(false);
  });

  it('may be a socket on this machine, and readiness is asked there, too', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'hub-'));
    const socketPath = join(directory, 'people.sock');
    const paths: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"peopleCount":3}}');
    });
    await new Promise<void>(resolve => server.listen(socketPath, resolve));
    const url = `unix:${socketPath}`;
    const gateway = await startGateway({ supergraphSdl, subgraphs: { people: url, places: url }, verify, executor });
    try {
      expect(await (await fetch(`${gateway.operatorsUrl}/status`)).json()).toMatchObject({ status: 'ready' });
      expect((await ask(gateway.url, '{ peopleCount }', { authorization: await bearer() })).data).toEqual({ peopleCount: 3 });
      expect(new Set(paths)).toEqual(new Set(['/readyz', '/status', '/graphql']));
    } finally {
      await gateway.stop();
      server.close();
      await rm(directory, { recursive: true });
    }
  });
});
