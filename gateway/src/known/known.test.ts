import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { hostileOperations } from '@hub/test/hostile/operations';
import { hostileRequests } from '@hub/test/hostile/requests';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { executor } from '../testing/executor.ts';
import { ask, imaginedHub, supergraphSdl } from '../testing/imagined-hub.ts';
import { aNewcomer, rawAnswer } from '../testing/raw-answer.ts';
import { bearer } from '../testing/tokens.ts';

type Hub = Awaited<ReturnType<typeof imaginedHub>>;

const organisation = '0d5eb6f2-2fd5-4d0a-a9e3-2f1c86a3d6ab';
const limits = { operationCost: 1_100, budget: { people: 4_000, partners: 1e9, reporting: 4 }, bodyMs: 500 };
const asked = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');

let hub: Hub;
beforeAll(async () => {
  hub = await imaginedHub({ deadlineMs: 2_000, limits, trustedOnly: ['PARTNER'] });
});
afterAll(() => hub.stop());
beforeEach(() => void asked.mockClear());

const send = async (body: unknown, headers: Record<string, string> = {}, scope?: string, viewer = {}) =>
  rawAnswer(hub.url, { headers: { ...(await aNewcomer(scope, viewer)), ...headers }, body: JSON.stringify(body) });

/** How often the gateway's server was needed; under Apollo's own executor it always is. The subgraphs' servers are asked by no browser. */
const expectServer = (times: number) => {
  const byClients = asked.mock.calls.filter(([{ httpGraphQLRequest }]) => httpGraphQLRequest.headers.has('user-agent'));
  if (executor === 'hub') expect(byClients).toHaveLength(times);
};

const rename = 'mutation Rename($name: String!) { rename(id: 1, name: $name) { id name } }';

describe('an operation that is known', () => {
  it.each([
    ['a field', { query: '{ peopleCount }' }],
    ['several subgraphs', { query: '{ places { id name people } peopleCount }' }],
    ['variables', { query: 'query ($id: ID!) { place(id: $id) { name } }', variables: { id: '7' } }],
    ['variables that are null', { query: 'query ($a: Boolean = true) { peopleCount @include(if: $a) }', variables: null }],
    ['a name', { query: 'query Named { peopleCount }', operationName: 'Named' }],
    ['no name', { query: 'query Nameless { peopleCount }', operationName: null, extensions: { any: 1 } }],
    ['a condition', { query: 'query ($a: Boolean!) { peopleCount @skip(if: $a) places { id } }', variables: { a: true } }],
    ['the schema', { query: '{ __typename __type(name: "Place") { name } }' }],
    ['a change', { query: rename, variables: { name: 'x' } }],
    ...['bug', 'strange', 'internal', 'forbidden', 'expired'].map(
      kind => [`an error: ${kind}`, { query: `{ trouble(kind: "${kind}") peopleCount }` }] as [string, object],
    ),
    ['a subgraph that hangs', { query: '{ trouble(kind: "hang") peopleCount }' }],
  ])('is answered as it was the first time, by us: %s', async (_, body) => {
    const first = await send(body);
    expectServer(1);
    expect(await send(body)).toEqual(first);
    expectServer(1);
  });

  it.each([
    'application/json',
    '*/*',
    'application/graphql-response+json',
    'application/graphql-response+json,application/json;q=0.9',
  ])('is called what the client accepts: %s', async accept => {
    const body = { query: `{ peopleCount } # ${accept}` };
    const first = await send(body, { accept });
    expect([await send(body, { accept }), first.status]).toEqual([first, 200]);
    expectServer(1);
  });

  it('is not run, and nothing is sent, where something is to be refused', async () => {
    const query =
      'query Sized($id: ID!, $yes: Boolean! = false) { place(id: $id) { id inside @include(if: $yes) { inside { inside { id } } } } }';
    expect((await send({ query, variables: { id: '1' } })).status).toBe(200);
    const refusals: [object, number, Record<string, string>?][] = [
      [{ query, variables: {} }, 400],
      [{ query, variables: { id: { a: 1 } } }, 400],
      [{ query, variables: { id: '1', yes: 'yes' } }, 400],
      // Its cost hangs on a variable.
      [{ query, variables: { id: '1', yes: true } }, 400],
      [{ query, variables: { id: '1' }, operationName: 'Other' }, 400],
      [{ query, variables: { id: '1' }, operationName: '' }, 400],
      [{ query, variables: '{"id":"1"}' }, 400],
      [{ query, variables: ['1'] }, 400],
      [{ query, variables: { id: '1' }, extensions: 'none' }, 400],
      [{ query, variables: { id: '1' } }, 415, { 'content-type': 'text/plain' }],
      [[{ query, variables: { id: '1' } }], 400],
    ];
    const sent = hub.seen.headers.length;
    for (const [body, status, headers] of refusals) {
      const { text, ...answer } = await send(body, headers);
      expect([status, text]).toEqual([answer.status, expect.stringContaining('"errors"')]);
    }
    expect(hub.seen.headers.length).toBe(sent);
    expect((await send({ query, variables: { id: '1' } }, { accept: 'text/html' })).status).toBe(406);
  });

  it('is refused to whom it is not for, known or not', async () => {
    const body = { query: '{ peopleCount places { name } }' };
    const cold = await send({ query: `${body.query} ` }, {}, '', { role: 'PARTNER', organisation });
    await send(body);
    await send(body);
    const { status, text } = await send(body, {}, '', { role: 'PARTNER', organisation });
    expect([status, text]).toEqual([403, cold.text]);
    expect((await send(body, { authorization: 'Bearer a.b.c' })).status).toBe(401);
    expect((await send(body, { authorization: await bearer('', '-1m') })).status).toBe(401);
  });

  it('is charged for each time, once, until the budget is spent', async () => {
    const authorization = await bearer('', '5m', { actor: 'spender', role: 'REPORTING' });
    const body = { query: '{ places { id } } # for the budget' };
    await send(body);
    const answers = [await send(body, { authorization }), await send(body, { authorization })];
    expect(answers.map(({ status }) => status)).toEqual([200, 429]);
    expect(answers[0]!.text).toContain('"cost":{"operation":10,"remaining":0');
    expectServer(1);
  });

  it('that is a change cannot be made by GET', async () => {
    await send({ query: rename, variables: { name: 'x' } });
    const path = `/graphql?query=${encodeURIComponent(rename)}&variables=${encodeURIComponent('{"name":"x"}')}`;
    const { 'content-type': _, ...headers } = await aNewcomer();
    expect((await rawAnswer(hub.url, { method: 'GET', path, headers })).status).toBe(405);
  });

  it('is one text, one operation, and not too long', async () => {
    for (const query of ['query A { peopleCount } query B { places { id } }', `{ peopleCount } # ${'x'.repeat(20_000)}`]) {
      asked.mockClear();
      const body = { query, ...(query.includes('query A') && { operationName: 'A' }) };
      expect(await send(body)).toEqual(await send(body));
      expectServer(2);
    }
  });

  it('is counted', async () => {
    const count = async () =>
      Number(
        /^hub_operations_total\{document="free",class="people",outcome="FORBIDDEN"\} (\d+)$/m.exec(
          await (await fetch(`${hub.operatorsUrl}/metrics`)).text(),
        )?.[1] ?? 0,
      );
    const body = { query: '{ trouble(kind: "forbidden") }' };
    const before = await count();
    for (let i = 0; i < 3; i++) await send(body);
    expect(await count()).toBe(before + 3);
  });
});

describe('what is hostile gets the same refusal from a gateway that knows the operation and from one that knows none', () => {
  let stranger: Hub;
  beforeAll(async () => {
    stranger = await imaginedHub({ limits: { bodyMs: 500 } });
    await hub.stop();
    hub = await imaginedHub({ limits: { bodyMs: 500 } });
    for (let i = 0; i < 2; i++) expect((await send({ query: '{ peopleCount }' })).status).toBe(200);
  });
  afterAll(() => stranger.stop());

  const requests = Object.values(hostileRequests).flat();
  const operations = Object.values(hostileOperations).flat();

  it.each(requests.map(request => [request.name, request] as const))(
    '%s',
    async (_, { method = 'GET', path, headers = {}, body }) => {
      const { authorization } = await aNewcomer();
      const filled = Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{token}', authorization)]);
      const request = { method, path, headers: Object.fromEntries(filled), ...(body !== undefined && { body }) };
      expect(await rawAnswer(hub.url, request)).toEqual(await rawAnswer(stranger.url, request));
    },
  );

  it('operations, each twice', async () => {
    for (const { name, body } of operations) {
      const [first, second] = [await send(body), await send(body)];
      expect([name, second]).toEqual([name, first]);
      expect(first.status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('after a reload', () => {
  it('an operation is known only under the supergraph it was found valid under', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'known-'));
    const supergraphFile = join(directory, 'supergraph.graphql');
    const other = await imaginedHub({ supergraphFile });
    try {
      const headers = { authorization: await bearer() };
      const query = '{ peopleCount }';
      for (let i = 0; i < 2; i++) expect((await ask(other.url, query, headers)).data).toEqual({ peopleCount: 3 });
      await writeFile(supergraphFile, supergraphSdl.replace('peopleCount: Int', 'peopleNumber: Int'));
      expect(await other.gateway.reload()).toBe('replaced');
      const { status, errors } = await ask(other.url, query, headers);
      expect([status, errors?.[0].extensions.code]).toEqual([400, 'INVALID_INPUT']);
      await writeFile(supergraphFile, supergraphSdl);
      expect(await other.gateway.reload()).toBe('replaced');
      asked.mockClear();
      for (let i = 0; i < 2; i++) expect((await ask(other.url, query, headers)).data).toEqual({ peopleCount: 3 });
      expectServer(1);
    } finally {
      await other.stop();
      await rm(directory, { recursive: true });
    }
  });
});
