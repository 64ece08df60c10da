import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { eventually } from '@hub/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, imaginedHub } from '../testing/imagined-hub.ts';
import { bearer } from '../testing/tokens.ts';

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let identity: Awaited<ReturnType<typeof echo>>;
beforeAll(async () => {
  identity = await echo();
  hub = await imaginedHub({
    identity: identity.url,
    deadlineMs: 3_000,
    limits: {
      inWork: 8,
      queue: 16,
      operationCost: 300,
      budget: { people: 800, partners: 180, reporting: 80 },
      concurrent: { people: 3, partners: 2, reporting: 1 },
      bodyMs: 1_000,
      identityPerMinute: 240,
      importsPerViewer: 1,
      imports: 2,
    },
  });
});
afterAll(async () => {
  await hub.stop();
  await identity.stop();
});

const organisation = '0d5eb6f2-2fd5-4d0a-a9e3-2f1c86a3d6ab';
const someone = async (actor: string, role?: 'PARTNER' | 'REPORTING') => {
  const viewer = { actor, ...(role && { role }), ...(role === 'PARTNER' && { organisation }) };
  return { authorization: await bearer('imports:write', '5m', viewer) };
};
const refusal = ({ status, errors, data }: Awaited<ReturnType<typeof ask>>) => [
  status,
  errors?.[0].extensions.code,
  errors?.[0].extensions.reason,
  data,
];

describe('the cost of an operation', () => {
  it('is said, and what is left', async () => {
    const viewer = await someone('accountant');
    const first = await ask(hub.url, '{ places { id } }', viewer);
    const second = await ask(hub.url, '{ places { id inside { id } } }', viewer);
    const cost = (answer: object) => (answer as any).extensions.cost;
    expect([cost(first), cost(second)]).toMatchObject([
      { operation: 10, remaining: 190 },
      { operation: 110, remaining: expect.any(Number) },
    ]);
    expect(Date.parse(cost(first).resetsAt)).toBeGreaterThan(Date.now() - 60_000);
    const headers = ['limit', 'remaining', 'reset'].map(name => Number(second.headers.get(`ratelimit-${name}`)));
    expect(headers.slice(0, 2)).toEqual([200, cost(second).remaining]);
    // What has flowed back since the first.
    expect(cost(second).remaining).toBeGreaterThanOrEqual(80);
    expect(cost(second).remaining).toBeLessThan(190);
    expect(headers[2]).toBeGreaterThan(0);
    expect(headers[2]).toBeLessThanOrEqual(60);
  });

  it('has a limit, and the refusal says how to stay below it', async () => {
    const answer = await ask(hub.url, '{ places { inside { inside { id } } } }', await someone('greedy'));
    expect(refusal(answer)).toEqual([400, 'LIMIT_EXCEEDED', 'COST', undefined]);
    expect(answer.errors?.[0].message).toMatch(/costs 1110; at most 300 .*fewer rows/);
    expect(hub.seen.headers.filter(({ authorization }) => authorization === undefined)).toEqual([]);
  });
});

describe('the budget', () => {
  it('ends with 429 and Retry-After before anything is read, for this viewer only', async () => {
    const viewer = await someone('spender', 'PARTNER');
    // The fifth may overdraw.
    for (let i = 0; i < 5; i++) expect((await ask(hub.url, '{ places { id } }', viewer)).status).toBe(200);
    const sent = hub.seen.headers.length;
    const refused = await ask(hub.url, '{ not even GraphQL', viewer);
    expect(refusal(refused)).toEqual([429, 'LIMIT_EXCEEDED', 'BUDGET', undefined]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.errors?.[0].extensions.retryable).toBe(true);
    expect(hub.seen.headers.length).toBe(sent);
    expect((await ask(hub.url, '{ places { id } }', await someone('another', 'PARTNER'))).status).toBe(200);
    expect((await ask(hub.url, '{ places { id } }', await someone('spender'))).status).toBe(200);
  });

  it('flows back', async () => {
    const viewer = await someone('patient', 'REPORTING');
    const small = () => ask(hub.url, '{ places { id } }', viewer);
    const spent = await eventually(async () => {
      const answer = await small();
      expect(answer.status).toBe(429);
      return answer;
    });
    expect(Number(spent.headers.get('retry-after'))).toBeLessThanOrEqual(20);
    await eventually(async () => expect((await small()).status).toBe(200));
  });
});

describe('operations of one viewer', () => {
  it('are bounded at a time, and the next is let in when one is answered', async () => {
    const viewer = await someone('busy');
    const hanging = ['a', 'b', 'c'].map(alias => ask(hub.url, `{ ${alias}: trouble(kind: "hang") }`, viewer));
    // Of three, the least machine has two in work at once.
    await series('hub_operations_waiting', 1);
    const refused = await ask(hub.url, '{ peopleCount }', viewer);
    expect(refusal(refused)).toEqual([429, 'LIMIT_EXCEEDED', 'CONCURRENCY', undefined]);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await ask(hub.url, '{ peopleCount }', await someone('idle'))).status).toBe(200);
    await Promise.all(hanging);
    expect(
      (
        await until(
          () => ask(hub.url, '{ peopleCount }', viewer),
          ({ status }) => status === 200,
        )
      ).data,
    ).toEqual({ peopleCount: 3 });
  });
});

describe('a body that does not come', () => {
  const dripping = async (path: string, type: string, actor: string) => {
    const { authorization } = await someone(actor);
    return `POST ${path} HTTP/1.1\r\nHost: hub\r\nAuthorization: ${authorization}\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n\r\na`;
  };

  it.each([
    ['an operation', '/graphql', 'application/json'],
    ['an import', '/imports/places', 'text/csv'],
    ['an import in a form', '/imports/places', 'multipart/form-data; boundary=x'],
    ['a sign-in', '/identity/interaction/x', 'application/x-www-form-urlencoded'],
    ['a request for a token', '/identity/token', 'application/x-www-form-urlencoded'],
    ['an administrator', '/identity/graphql', 'application/json'],
  ])('of %s ends with 408, and nothing of it is held', async (_, path, type) => {
    const answer = await exchange(await dripping(path, type, path));
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"LIMIT_EXCEEDED"');
  });

  it('takes no connection to the identity service, nor the place of an import: others are served meanwhile', async () => {
    const paths = [...Array(20).fill('/identity/token'), '/imports/places', '/imports/places', '/imports/places'];
    const open = await Promise.all(
      paths.map(async (path, i) => {
        const socket = connect(Number(new URL(hub.url).port), '127.0.0.1').on('error', () => undefined);
        socket.write(await dripping(path, 'text/csv', `dripping ${i}`));
        return socket;
      }),
    );
    expect(identity.connections).toBe(0);
    expect((await send('polite importer')).status).toBe(200);
    const signIn = await fetch(`${hub.url}/identity/token`, { method: 'POST', body: 'grant_type=client_credentials' });
    expect([signIn.status, await signIn.text()]).toEqual([200, 'grant_type=client_credentials']);
    for (const socket of open) socket.destroy();
  });
});

describe('what anybody may send to the identity service', () => {
  it('is bounded in size, as the address is', async () => {
    const post = await fetch(`${hub.url}/identity/token`, { method: 'POST', body: 'x'.repeat(9_000) });
    const get = await fetch(`${hub.url}/identity/auth?state=${'x'.repeat(12_000)}`);
    for (const response of [post, get]) {
      expect(response.status).toBe(400);
      expect(((await response.json()) as any).errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
    }
    const operation = await fetch(`${hub.url}/identity/graphql`, { method: 'POST', body: 'x'.repeat(9_000) });
    expect((await operation.text()).length).toBe(9_000);
  });

  it('is bounded in number, by address', async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const response = await fetch(`${hub.url}/identity/auth`);
      statuses.add(response.status);
      if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      await response.text();
    }
    expect([...statuses].sort()).toEqual([200, 429]);
    const elsewhere = await beginningOf('GET /identity/auth HTTP/1.1\r\nHost: hub\r\n\r\n', '127.0.0.2');
    expect(elsewhere).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('imports', () => {
  const start = async (actor: string) => {
    const going = new AbortController();
    const headers = { ...(await someone(actor)), 'content-type': 'text/csv' };
    const { signal } = going;
    const sent = fetch(`${hub.url}/imports/places?name=hang.csv`, { method: 'POST', headers, body: 'a\n1', signal });
    sent.catch(() => undefined);
    return going;
  };
  it('are bounded at a time, for a viewer and in all', async () => {
    const first = await start('importer');
    await underWay(1);
    expect(
      await until(
        () => send('importer'),
        ({ status }) => status === 429,
      ),
    ).toMatchObject({
      extensions: { code: 'LIMIT_EXCEEDED', reason: 'CONCURRENCY' },
      retry: '5',
    });
    const second = await start('second');
    await underWay(2);
    expect(
      await until(
        () => send('third'),
        ({ status }) => status === 503,
      ),
    ).toMatchObject({
      extensions: { code: 'UNAVAILABLE', reason: 'OVERLOADED' },
      retry: '5',
    });
    first.abort();
    second.abort();
    expect(
      (
        await until(
          () => send('importer'),
          ({ status }) => status === 200,
        )
      ).status,
    ).toBe(200);
  });
});

const send = async (actor: string) => {
  const headers = { ...(await someone(actor)), 'content-type': 'text/csv' };
  const response = await fetch(`${hub.url}/imports/places`, { method: 'POST', headers, body: 'a\n1' });
  const { errors } = (await response.json()) as { errors?: any[] };
  return { status: response.status, extensions: errors?.[0].extensions, retry: response.headers.get('retry-after') };
};

const series = (name: string, value: number) =>
  until(
    async () => (await fetch(`${hub.operatorsUrl}/metrics`)).text(),
    text => text.includes(`\n${name} ${value}\n`),
  );

const underWay = (imports: number) => series('hub_imports_in_flight', imports);

async function until<T>(act: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (let i = 0; i < 2_000; i++) {
    const answer = await act();
    if (isSo(answer)) return answer;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return await act();
}

function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
  });
}

/** What comes first of an answer to somebody at another address. */
function beginningOf(text: string, localAddress: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const port = Number(new URL(hub.url).port);
    const socket = connect({ port, host: '127.0.0.1', localAddress }, () => socket.write(text));
    socket.once('data', chunk => {
      socket.destroy();
      resolve(String(chunk));
    });
    socket.once('error', reject);
  });
}

/** An identity service that says what it is told. */
async function echo() {
  let connections = 0;
  const server = createServer((request, response) => request.pipe(response)).on('connection', () => connections++);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    stop,
  };
}
