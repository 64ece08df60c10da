import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { ask, imaginedHub, peopleTypeDefs, supergraphSdl } from './testing/imagined-hub.ts';
import { typeDefs } from './testing/places.ts';
import { bearer } from './testing/tokens.ts';

const { supergraphSdl: larger } = composeServices([
  { name: 'places', typeDefs: parse(typeDefs), url: 'http://unused' },
  { name: 'people', typeDefs: parse(peopleTypeDefs), url: 'http://unused' },
  { name: 'weather', typeDefs: parse('type Query { rain: Int }'), url: 'http://unused' },
]);

it('a subgraph that a later supergraph brings is taken in once it is ready', async () => {
  let isReady = false;
  const weather = createServer((request, response) => {
    if (request.method === 'GET') return response.writeHead(isReady ? 200 : 503).end();
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"rain":7}}');
  });
  await new Promise<void>(resolve => weather.listen(0, '127.0.0.1', resolve));
  const directory = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(directory, 'supergraph.graphql');
  await writeFile(supergraphFile, supergraphSdl);
  const hub = await imaginedHub({
    supergraphFile,
    laterSubgraph: name => (name === 'weather' ? `http://127.0.0.1:${(weather.address() as AddressInfo).port}` : undefined),
  });
  const rain = async () => (await ask(hub.url, '{ rain peopleCount }', { authorization: await bearer() })).data;
  const waits = async () => (await fetch(`${hub.url}/readyz`)).status;
  try {
    expect(await hub.gateway.reload()).toBe('unchanged');
    await writeFile(supergraphFile, larger!);
    expect([await hub.gateway.reload(), await rain(), await waits()]).toEqual(['refused', undefined, 200]);
    expect(await hub.gateway.reload()).toBe('refused');
    isReady = true;
    expect([await hub.gateway.reload(), await rain()]).toEqual(['replaced', { rain: 7, peopleCount: 3 }]);
    await writeFile(supergraphFile, supergraphSdl);
    expect([await hub.gateway.reload(), await rain()]).toEqual(['replaced', undefined]);
    await writeFile(supergraphFile, larger!);
    expect([await hub.gateway.reload(), await rain()]).toEqual(['replaced', { rain: 7, peopleCount: 3 }]);
  } finally {
    await hub.stop();
    weather.close();
    weather.closeAllConnections();
    await rm(directory, { recursive: true });
  }
});
