import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
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
  return { gateway, said };
}

it('a sign-in that meets the identity service while it is started again is answered once it is back', async () => {
  const identity = await identityAt();
  const { said } = await gatewayBefore(identity.url);
  expect(await said('a=1')).toBe('POST /identity/token a=1');
  await closed(identity);
  const waiting = Promise.all([said('a=2'), said()]);
  await new Promise(resolve => setTimeout(resolve, 300));
  await identityAt(Number(new URL(identity.url).port));
  expect(await waiting).toEqual(['POST /identity/token a=2', 'GET /identity/token ']);
});

it('one of two identity services that is gone is not felt', async () => {
  const [one, two] = [await identityAt(), await identityAt()];
  const { gateway, said } = await gatewayBefore(`${one.url},${two.url}`);
  await closed(one);
  const { identity } = (await (await fetch(`${gateway.operatorsUrl}/status`)).json()) as any;
  expect(identity).toMatchObject({ ready: true, processes: [{ ready: false }, { ready: true }] });
  for (let i = 0; i < 10; i++) expect(await said(`a=${i}`)).toBe(`POST /identity/token a=${i}`);
});

it('nothing of the identity service but what is below /identity is reached through the gateway, however it is written', async () => {
  const identity = await identityAt();
  const { gateway } = await gatewayBefore(identity.url);
  const paths = [
    '/../status',
    '/%2e%2e/status',
    '/.%2e/metrics',
    '/..%2fstatus',
    '/x/../../status',
    '/%5c../status',
    '/x\\..\\..\\status',
    '/x%5c..%5c..%5cstatus',
  ];
  for (const path of paths) {
    const answer = await raw(gateway.port, `/identity${path}`);
    expect([path, /GET \/(status|metrics)/.test(answer)]).toEqual([path, false]);
  }
});

/** As no client that is well brought up would write it. */
async function raw(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n`);
  return text(socket);
}
