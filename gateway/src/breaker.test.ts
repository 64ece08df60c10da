import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { eventually } from '@hub/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGateway } from './gateway.ts';
import { executor } from './testing/executor.ts';
import { ask, imaginedHub, startPeople, supergraphSdl } from './testing/imagined-hub.ts';
import { bearer, verify } from './testing/tokens.ts';

/** Long enough that a busy machine sees the breaker open. */
const pause = 2_000;
const failures = 3;

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let authorization: string;
beforeAll(async () => {
  hub = await imaginedHub();
  authorization = await bearer();
});
afterAll(() => hub.stop());

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Break = (socket: Socket) => void;

/** In front of a real people subgraph, and able to break it. Counts the calls that arrive. */
async function fragilePeople() {
  const people = await startPeople();
  const state: { breaks: Break | undefined; calls: number } = { breaks: undefined, calls: 0 };
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') state.calls++;
    if (state.breaks && request.method === 'POST') return state.breaks(request.socket);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    const body = method === 'POST' ? Buffer.concat(chunks) : null;
    const answer = await fetch(people.url + request.url, {
      method: String(method),
      headers: { 'content-type': String(headers['content-type']) },
      body,
    });
    response.writeHead(answer.status, { 'content-type': String(answer.headers.get('content-type')) }).end(await answer.text());
  });
  const url = await listening(server);
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await people.stop();
  };
  return { url, state, stop };
}

const troubles: [string, Break, string][] = [
  ['hangs', () => undefined, 'TIMEOUT'],
  ['resets', socket => socket.resetAndDestroy(), 'UNAVAILABLE'],
  ['hangs up', socket => socket.destroy(), 'UNAVAILABLE'],
  ['answers garbage', socket => socket.end('\u0000\u0001garbage\r\n\r\n'), 'UNAVAILABLE'],
  [
    'answers a page',
    socket => socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>'),
    'UNAVAILABLE',
  ],
];

describe('the breaker of a subgraph', () => {
  it.each(troubles)('opens when it %s, lets the others be, tries again and closes', async (_name, breaks, code) => {
    const people = await fragilePeople();
    const gateway = await startGateway({
      supergraphSdl,
      subgraphs: { places: hub.places.url, people: people.url },
      executor,
      verify,
      deadlineMs: 2_000,
      breaker: { failures, pause },
    });
    const both = () => ask(gateway.url, '{ places { id } peopleCount }', { authorization });
    const breaker = async () => {
      const { subgraphs } = (await (await fetch(`${gateway.operatorsUrl}/status`)).json()) as {
        subgraphs: { name: string; breaker: string }[];
      };
      return Object.fromEntries(subgraphs.map(({ name, breaker }) => [name, breaker]));
    };
    try {
      expect((await both()).errors).toBeUndefined();
      people.state.breaks = breaks;
      for (let i = 0; i < failures; i++) {
        expect(await breaker()).toEqual({ places: 'closed', people: 'closed' });
        const { data, errors, status } = await both();
        expect([status, data.places.length, data.peopleCount, errors?.[0].extensions.code]).toEqual([200, 2, null, code]);
      }
      expect(await breaker()).toEqual({ places: 'closed', people: 'open' });

      const calls = people.state.calls;
      const { data, errors } = await both();
      expect([data.places.length, data.peopleCount]).toEqual([2, null]);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining('nothing was done'),
        extensions: { code: 'UNAVAILABLE', retryable: true },
      });
      expect(people.state.calls).toBe(calls);

      people.state.breaks = undefined;
      await eventually(async () => expect((await both()).data.peopleCount).toBe(3));
      expect(await breaker()).toEqual({ places: 'closed', people: 'closed' });
    } finally {
      await gateway.stop();
      await people.stop();
    }
  });

  it('stays closed for errors of the operation, and opens again when the trial fails', async () => {
    const people = await fragilePeople();
    const gateway = await startGateway({
      supergraphSdl,
      subgraphs: { places: hub.places.url, people: people.url },
      executor,
      verify,
      deadlineMs: 2_000,
      breaker: { failures, pause: 100 },
    });
    try {
      for (let i = 0; i < failures + 2; i++) await ask(gateway.url, '{ trouble(kind: "bug") }', { authorization });
      expect((await ask(gateway.url, '{ places { id } }', { authorization })).errors).toBeUndefined();
      people.state.breaks = socket => socket.destroy();
      const sent = async () => {
        const before = people.state.calls;
        await ask(gateway.url, '{ peopleCount }', { authorization });
        return people.state.calls - before;
      };
      for (let i = 0; i < failures; i++) expect(await sent()).toBeGreaterThan(0);
      for (let i = 0; i < 2; i++) await eventually(async () => expect(await sent()).toBeGreaterThan(0));
    } finally {
      await gateway.stop();
      await people.stop();
    }
  });
});
