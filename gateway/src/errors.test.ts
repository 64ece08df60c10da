import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { startGateway } from './gateway.ts';
import { executor } from './testing/executor.ts';
import { ask, imaginedHub, supergraphSdl } from './testing/imagined-hub.ts';
import { bearer, verify } from './testing/tokens.ts';

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let authorization: string;
const logged: string[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
beforeAll(async () => {
  hub = await imaginedHub({
    deadlineMs: 2_000,
    log,
    limits: { operationCost: 1e18, budget: { people: 1e18, partners: 1, reporting: 1 } },
  });
  authorization = await bearer();
});
afterAll(() => hub.stop());

const trouble = (kind: string) => ask(hub.url, `{ trouble(kind: "${kind}") }`, { authorization });

describe('an error of a subgraph', () => {
  it.each(['bug', 'strange', 'internal'])('that is not coded (%s) is masked and logged with its request id', async kind => {
    logged.length = 0;
    const { status, data, errors, headers } = await trouble(kind);
    const id = headers.get('x-request-id');
    expect([status, data]).toEqual([200, { trouble: null }]);
    expect(errors).toEqual([
      { message: `An internal error; quote request id ${id}.`, path: ['trouble'], extensions: { code: 'INTERNAL' } },
    ]);
    expect(logged.join()).toContain(`"requestId":"${id}"`);
    expect(logged.join()).not.toContain(authorization);
  });

  it('that is coded passes with its safe extensions', async () => {
    const { errors } = await trouble('forbidden');
    expect(errors).toEqual([
      { message: 'Not for you.', path: ['trouble'], extensions: { code: 'FORBIDDEN', reason: 'WHY', column: '名称' } },
    ]);
    expect((await trouble('expired')).errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('an error of the client', () => {
  it.each([
    ['syntax', '{ places {'],
    ['unknown field', '{ place(id: 1) { nam } }'],
    ['missing variable', 'query($id: ID!) { place(id: $id) { id } }'],
    ['unknown operation', ''],
  ])('%s is INVALID_INPUT with 400 and no suggestion', async (_name, query) => {
    const { status, errors, data } = await ask(hub.url, query, { authorization });
    expect([status, errors?.[0].extensions, data]).toEqual([400, { code: 'INVALID_INPUT' }, undefined]);
    expect(errors?.[0].message).not.toContain('Did you mean');
  });
});

const expectTeller = (errors: any[] | undefined, code: string) => {
  expect(errors?.[0].extensions.code).toBe(code);
  expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|localhost|http:|ECONN|<html|502/);
};

/** The gateway over a people subgraph that is `url`; places is well. */
async function withPeopleAt(url: string, work: (gatewayUrl: string) => Promise<void>) {
  const gateway = await startGateway({
    supergraphSdl,
    subgraphs: { places: hub.places.url, people: url },
    executor,
    verify,
    deadlineMs: 2_000,
  });
  try {
    await work(gateway.url);
  } finally {
    await gateway.stop();
  }
}

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a subgraph in trouble', () => {
  const both = '{ places { id people } peopleCount }';

  it('that is dead leaves the others their data', () =>
    withPeopleAt('http://127.0.0.1:9', async url => {
      const { status, data, errors } = await ask(url, both, { authorization });
      expect([status, data]).toEqual([
        200,
        {
          places: [
            { id: '1', people: null },
            { id: '2', people: null },
          ],
          peopleCount: null,
        },
      ]);
      expectTeller(errors, 'UNAVAILABLE');
      for (const probe of ['readyz', 'livez']) expect((await fetch(`${url}/${probe}`)).status).toBe(200);
    }));

  it('that hangs is given up at the deadline', async () => {
    const { status, data, errors } = await ask(hub.url, '{ trouble(kind: "hang") peopleCount }', { authorization });
    expect([status, data]).toEqual([200, { trouble: null, peopleCount: 3 }]);
    expectTeller(errors, 'TIMEOUT');
  });

  it.each([
    ['HTML', 200, 'text/html', '<html>secret</html>'],
    ['HTTP 502', 502, 'application/json', '{"data":{"peopleCount":1}}'],
    ['broken JSON', 200, 'application/json', '{"data":'],
    ['JSON that is not GraphQL', 200, 'application/json', '[1]'],
  ])('that answers %s is unavailable, and its answer is not told', async (_name, status, type, body) => {
    const server = createServer((_request, response) => response.writeHead(status, { 'content-type': type }).end(body));
    try {
      await withPeopleAt(await listening(server), async url => {
        const { data, errors } = await ask(url, '{ peopleCount }', { authorization });
        expect(data).toEqual({ peopleCount: null });
        expectTeller(errors, 'UNAVAILABLE');
        expect(JSON.stringify(errors)).not.toContain('secret');
      });
    } finally {
      server.close();
    }
  });

  it('that resets the connection is asked again for a query, never for a mutation', async () => {
    let connections = 0;
    const sockets = new Set<Socket>();
    const server = createTcpServer(socket => {
      connections++;
      sockets.add(socket);
      socket.once('data', () => socket.resetAndDestroy()).on('error', () => {});
    });
    try {
      await withPeopleAt(await listening(server), async url => {
        expectTeller((await ask(url, '{ peopleCount }', { authorization })).errors, 'UNAVAILABLE');
        expect(connections).toBe(3);
        const { errors } = await ask(url, 'mutation { addPerson(name: "x") }', { authorization });
        expectTeller(errors, 'UNKNOWN_OUTCOME');
        expect(errors?.[0].extensions.retryable).toBe(false);
        expect(connections).toBe(4);
      });
    } finally {
      server.close();
    }
  });
});

describe('armour', () => {
  const nested = (depth: number) => `{ place(id: 1) ${'{ inside '.repeat(depth - 2)}{ id }${' }'.repeat(depth - 2)} }`;
  const doubled = (levels: number) => {
    const fragments = Array.from({ length: levels }, (_, level) =>
      level === levels - 1
        ? `fragment f${level} on Place { id }`
        : `fragment f${level} on Place { ...f${level + 1} ...f${level + 1} }`,
    );
    return `{ place(id: 1) { ...f0 } } ${fragments.join(' ')}`;
  };

  it.each([
    ['depth 16', nested(16)],
    ['201 aliases', `{ ${Array.from({ length: 201 }, (_, index) => `a${index}: peopleCount`).join(' ')} }`],
    ['201 aliases of __typename', `{ ${Array.from({ length: 201 }, (_, index) => `a${index}: __typename`).join(' ')} }`],
    [
      '10 directives',
      `{ peopleCount ${'@include(if: true) '.repeat(1)} ${Array.from({ length: 9 }, (_, index) => `a${index}: peopleCount @skip(if: false)`).join(' ')} }`,
    ],
    ['more than 5,000 tokens', `{ ${'id '.repeat(5_001)} }`],
    ['14 levels of doubled fragments', doubled(14)],
  ])('refuses %s with LIMIT_EXCEEDED and 400', async (_name, query) => {
    const { status, errors, data } = await ask(hub.url, query, { authorization });
    expect([status, errors?.[0].extensions.code, data]).toEqual([400, 'LIMIT_EXCEEDED', undefined]);
  });

  it('lets depth 15 and 200 aliases through', async () => {
    expect((await ask(hub.url, nested(15), { authorization })).status).toBe(200);
    const aliases = Array.from({ length: 200 }, (_, index) => `a${index}: peopleCount`).join(' ');
    expect((await ask(hub.url, `{ ${aliases} }`, { authorization })).status).toBe(200);
  });
});
