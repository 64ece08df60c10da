import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { ask, imaginedHub } from './testing/imagined-hub.ts';
import { bearer } from './testing/tokens.ts';

let hub: Awaited<ReturnType<typeof imaginedHub>>;
let authorization: string;
beforeAll(async () => {
  hub = await imaginedHub();
  authorization = await bearer();
});
afterAll(() => hub.stop());

describe('the token', () => {
  it.each([
    ['no token', {}],
    ['not a token', { authorization: 'Bearer abc' }],
    ['another scheme', { authorization: 'Basic dGVzdA==' }],
    ['a forged token', { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.x' }],
  ])('%s is refused with 401', async (_name, headers) => {
    const before = hub.seen.headers.length;
    const {
      status,
      errors,
      data,
      headers: answered,
    } = await ask(hub.url, '{ places { id } }', headers as Record<string, string>);
    expect([status, errors?.[0].extensions.code, data]).toEqual([401, 'UNAUTHENTICATED', undefined]);
    expect(answered.get('www-authenticate')).toMatch(/^Bearer( error="invalid_token")?$/);
    expect(hub.seen.headers.length).toBe(before);
  });

  it('that has expired is refused, also for introspection', async () => {
    const expired = { authorization: await bearer('', '-1m') };
    expect((await ask(hub.url, '{ __schema { queryType { name } } }', expired)).status).toBe(401);
  });

  it('opens the supergraph', async () => {
    const { status, data, headers } = await ask(hub.url, '{ place(id: 7) { name people } }', { authorization });
    expect([status, data]).toEqual([200, { place: { name: 'Place 7', people: ['someone in 7'] } }]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('opens queries by GET, without any other header', async () => {
    const response = await fetch(`${hub.url}/graphql?query=${encodeURIComponent('{ peopleCount }')}`, {
      headers: { authorization },
    });
    expect([response.status, await response.json()]).toMatchObject([200, { data: { peopleCount: 3 } }]);
  });

  it('answers the whole introspection query', async () => {
    const { status, errors, data } = await ask(hub.url, getIntrospectionQuery({ inputValueDeprecation: true }), {
      authorization,
    });
    expect([status, errors, data.__schema.queryType.name]).toEqual([200, undefined, 'Query']);
  });
});

describe('headers', () => {
  it('forwards authorization, request id and idempotency key with which part of a change it is, and nothing else', async () => {
    const sent = { authorization, 'idempotency-key': 'key-0001' };
    const others = {
      cookie: 'a=b',
      'x-hub-role': 'SERVICE',
      'x-forwarded-for': '1.2.3.4',
      'accept-language': 'zh',
      'user-agent': 'someone',
    };
    await ask(hub.url, 'mutation { rename(id: 1, name: "x") { id } }', { ...sent, ...others, 'x-request-id': 'req-1' });
    const {
      host,
      connection,
      'content-length': length,
      'x-hub-operation': part,
      'x-request-id': ours,
      ...forwarded
    } = hub.seen.headers.at(-1)!;
    const theirs = { 'x-client-request-id': 'req-1' };
    expect(forwarded).toEqual({ ...sent, ...theirs, accept: 'application/json', 'content-type': 'application/json' });
    expect(ours).toMatch(/^[0-9a-f-]{36}$/);
    expect(part).toMatch(/^[0-9a-f]{64}\.rename$/);
    expect([host, connection, Number(length) > 0]).toEqual([new URL(hub.places.url).host, 'keep-alive', true]);
  });

  it('gives each request an id of its own, and keeps what the client calls it beside that', async () => {
    const ids = new Set<string>();
    for (const given of ['abc-123', 'abc-123', 'a b;c', undefined]) {
      const answer = await ask(hub.url, '{ places { id } }', { authorization, ...(given && { 'x-request-id': given }) });
      const own = answer.headers.get('x-request-id')!;
      expect(own).toMatch(/^[0-9a-f-]{36}$/);
      ids.add(own);
      const kept = given === 'abc-123' ? given : null;
      expect(answer.headers.get('x-client-request-id')).toBe(kept);
      const seen = hub.seen.headers.at(-1)!;
      expect([seen['x-request-id'], seen['x-client-request-id'] ?? null]).toEqual([own, kept]);
    }
    expect(ids.size).toBe(4);
  });

  it('refuses a malformed idempotency key', async () => {
    const { status, errors } = await ask(hub.url, '{ places { id } }', { authorization, 'idempotency-key': 'a b' });
    expect([status, errors?.[0].extensions.code]).toEqual([400, 'INVALID_INPUT']);
  });
});

describe('every answer is JSON', () => {
  const json = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(hub.url + path, { ...init, headers: { authorization, ...init.headers } });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    return [response.status, ((await response.json()) as any).errors[0].extensions.code];
  };
  const post = (body: string, type = 'application/json') =>
    json('/graphql', { method: 'POST', body, headers: { 'content-type': type } });

  it('for a path that does not exist', async () => expect(await json('/nowhere')).toEqual([404, 'NOT_FOUND']));
  it('for broken JSON', async () => expect(await post('{"query": ')).toEqual([400, 'INVALID_INPUT']));
  it('for another media type', async () => expect(await post('{ places }', 'text/plain')).toEqual([415, 'INVALID_INPUT']));
  it('for a body above 1 MB', async () =>
    expect(await post(JSON.stringify({ query: `{ places { id } } # ${'x'.repeat(1_100_000)}` }))).toEqual([
      413,
      'LIMIT_EXCEEDED',
    ]));
  it('for a batch', async () => expect(await post('[{"query":"{ places { id } }"}]')).toEqual([400, 'INVALID_INPUT']));
  it('for a mutation by GET', async () =>
    expect(await json('/graphql?query=mutation%7Brename(id%3A1%2Cname%3A%22x%22)%7Bid%7D%7D')).toEqual([405, 'INVALID_INPUT']));
  it('for a broken URL', async () => expect(await json('/graphiql/%E0%A4%A')).toEqual([400, 'INVALID_INPUT']));
});

describe('probes', () => {
  it('livez and readyz need no token', async () => {
    expect([(await fetch(`${hub.url}/livez`)).status, (await fetch(`${hub.url}/readyz`)).status]).toEqual([200, 200]);
  });
});
