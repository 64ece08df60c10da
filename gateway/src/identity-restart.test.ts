import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { startGateway } from './gateway.ts';
import { executor } from './testing/executor.ts';
import { supergraphSdl } from './testing/imagined-hub.ts';
import { verify } from './testing/tokens.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

/** An identity service that tells what it was sent. */
async function identityAt(port = 0): Promise<Server & { url: string }> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    response.end(`${request.method} ${request.url} ${body}`);
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  ended.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(server, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

const closed = async (server: Server) => {
  const over = new Promise(resolve => server.close(resolve));
  server.closeAllConnections();
  await over;
};

async function gatewayBefore(identity: string) {
  const subgraphs = { people: 'http://127.0.0.1:9', places: 'http://127.0.0.1:9' };
  const gateway = await startGateway({ supergraphSdl, subgraphs, identity, verify, executor, awayMs: 30_000 });
  ended.push(gateway.stop);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const said = async (body?: string) =>
    (await fetch(`${gateway.url}/identity/token`, body ? { method: 'POST', headers: form, body } : {})).text();
  return said;
}

it('a sign-in that meets the identity service while it is started again is answered once it is back', async () => {
  const identity = await identityAt();
  const said = await gatewayBefore(identity.url);
  expect(await said('a=1')).toBe('POST /identity/token a=1');
  await closed(identity);
  const waiting = Promise.all([said('a=2'), said()]);
  await new Promise(resolve => setTimeout(resolve, 300));
  await identityAt(Number(new URL(identity.url).port));
  expect(await waiting).toEqual(['POST /identity/token a=2', 'GET /identity/token ']);
});

it('one of two identity services that is gone is not felt', async () => {
  const [one, two] = [await identityAt(), await identityAt()];
  const said = await gatewayBefore(`${one.url},${two.url}`);
  await closed(one);
  for (let i = 0; i < 10; i++) expect(await said(`a=${i}`)).toBe(`POST /identity/token a=${i}`);
});
