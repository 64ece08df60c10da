import { readFileSync } from 'node:fs';
import { startGateway } from '@hub/gateway/gateway';
import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { aPerson } from '@hub/people/factories';
import { people } from '@hub/people/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type TestService, testService } from './test-service.ts';
import { allScopes, county, testToken, verifyTestToken } from './test-tokens.ts';

const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id legalName } }`;
let made = 0;
const aKey = () => ({ 'idempotency-key': `key/${process.pid}:${++made}` });

let service: TestService;
let other: TestService;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let owner: pg.Client;
beforeAll(async () => {
  service = await testService(organisations);
  other = await testService(people, { organisations: service.url });
  gateway = await startGateway({
    supergraphSdl: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
    subgraphs: { organisations: service.url, people: other.url, campaigns: 'http://127.0.0.1:1', programs: 'http://127.0.0.1:1' },
    verify: verifyTestToken,
  });
  owner = new pg.Client({ connectionString: service.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await gateway.stop();
  await other.stop();
  await service.stop();
});

const named = async (legalName: string) =>
  (await owner.query('select count(*)::int as n from organisation where legal_name = $1', [legalName])).rows[0].n;

describe('the answer under an idempotency key', () => {
  it('is given again, and nothing is done again', async () => {
    const key = aKey();
    const input = anOrganisation({ legalName: '长春重复网络公司' });
    const [first, second] = [
      await service.ask(county('220102'), create, { input }, key),
      await service.ask(county('220102'), create, { input }, key),
    ];
    expect([second.errors, second.data]).toEqual([undefined, first.data]);
    expect(await named('长春重复网络公司')).toBe(1);
  });

  it('does not depend on the order of keys in the variables, on blanks or on comments', async () => {
    const key = aKey();
    const { divisionCode, creditCode, legalName } = anOrganisation({ legalName: '长春顺序网络公司' }) as Record<string, string>;
    const first = await service.ask(county('220102'), create, { input: { divisionCode, creditCode, legalName } }, key);
    const again = `# the same\n${create.replace('{ id', '{\n  id')}`;
    const second = await service.ask(county('220102'), again, { input: { legalName, creditCode, divisionCode } }, key);
    expect(second.data).toEqual(first.data);
  });

  it('belongs to the whole viewer: with another actor, role, division or set of scopes the key is another', async () => {
    const key = aKey();
    const viewer = county('220102');
    const input = anOrganisation({ legalName: '长春一人网络公司' });
    await service.ask(viewer, create, { input }, key);
    const others = [
      { ...viewer, actor: 'somebody-else' },
      { ...viewer, division: '220100' },
      { ...viewer, scopes: allScopes.filter(scope => scope !== 'history:read') },
    ];
    // As if it were new: the credit code is taken by now.
    for (const each of others)
      expect((await service.ask(each, create, { input }, key)).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    const reader = { ...viewer, scopes: ['organisations:read'] };
    expect((await service.ask(reader, create, { input }, key)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('of another viewer cannot be read in the database', async () => {
    const client = new pg.Client({ connectionString: service.database.url });
    await client.connect();
    try {
      await client.query(
        `begin; select set_config('hub.viewer', 'nobody', true), set_config('hub.actor', 'committee-220102', true)`,
      );
      await client.query('set local role hub_committee');
      expect((await client.query('select * from idempotency')).rows).toEqual([]);
    } finally {
      await client.end();
    }
  });
});

describe('through the gateway', () => {
  const viewer = { ...county('220102'), scopes: [...allScopes, 'people:personal'] };
  const post = async (query: string, variables: object, headers: object, url = gateway.url) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await testToken(viewer)}`, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as any) };
  };
  const code = (answer: any) => answer.errors?.[0]?.extensions.code;

  it('a key used for another operation is 409, however often, and takes the domain from nobody', async () => {
    const key = aKey();
    await post(create, { input: anOrganisation() }, key);
    for (let i = 0; i < 12; i++) {
      const answer = await post(create, { input: anOrganisation() }, key);
      expect([answer.status, code(answer), answer.data]).toEqual([409, 'IDEMPOTENCY_MISMATCH', undefined]);
    }
    expect((await post('{ organisations { totalCount } }', {}, {})).errors).toBeUndefined();
  });

  it.each(['1', '1234567', 'has a blank', '中文中文中文中文', 'x'.repeat(256)])('a key of another form is 400: %s', async key => {
    const answer = await post(
      create,
      { input: anOrganisation() },
      { 'idempotency-key': encodeURI(key).replaceAll('%20', ' ').slice(0, 300) },
    );
    if (/^[\x21-\x7e]{8,255}$/.test(encodeURI(key).replaceAll('%20', ' '))) expect(answer.errors).toBeUndefined();
    else expect([answer.status, code(answer)]).toEqual([400, 'INVALID_INPUT']);
  });

  it('the gateway and the subgraphs accept the same keys', async () => {
    for (const key of ['12345678', '!#$%&()*+,-./:;<=>?@[]^_{|}~', 'x'.repeat(255)]) {
      const headers = { 'idempotency-key': key };
      expect((await post(create, { input: anOrganisation() }, headers)).errors).toBeUndefined();
      expect(
        (await service.ask({ ...viewer, actor: 'directly' }, create, { input: anOrganisation() }, headers)).errors,
      ).toBeUndefined();
    }
    expect(
      (await service.ask(viewer, create, { input: anOrganisation() }, { 'idempotency-key': '1234567' })).errors,
    ).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });

  const both = `mutation ($a: CreateOrganisation!, $p: CreatePerson!, $b: CreateOrganisation!) {
    a: createOrganisation(input: $a) { id }
    p: createPerson(input: $p) { id }
    b: createOrganisation(input: $b) { id } }`;

  it('one key serves a change over several subgraphs, one part of them before and one after another', async () => {
    const key = aKey();
    const variables = {
      a: anOrganisation({ legalName: '长春先网络公司' }),
      p: aPerson({ divisionCode: '220102' }),
      b: anOrganisation({ legalName: '长春后网络公司' }),
    };
    const first = await post(both, variables, key);
    expect(first.errors).toBeUndefined();
    expect(await post(both, variables, key)).toMatchObject({ data: first.data });
    expect([await named('长春先网络公司'), await named('长春后网络公司')]).toEqual([1, 1]);
  });

  it('an answer with errors says which parts of a change were made', async () => {
    const taken = anOrganisation();
    await post(create, { input: taken }, {});
    const variables = {
      a: anOrganisation(),
      p: aPerson({ divisionCode: '220102' }),
      b: { ...anOrganisation(), creditCode: taken.creditCode },
    };
    const answer = await post(both, variables, aKey());
    expect(code(answer)).toBe('CONFLICT');
    expect(answer.extensions.parts).toEqual({ a: 'DONE', p: 'DONE', b: 'NOT_DONE' });
  });

  it('a part of a change whose subgraph is away was not made', async () => {
    const query = `mutation ($a: CreateOrganisation!) { a: createOrganisation(input: $a) { id } z: createDonation(input: { recipient: "长春市慈善会", kind: MONEY, amount: 1, donatedOn: "2022-03-14", divisionCode: "220102" }) { id } }`;
    const answer = await post(query, { a: anOrganisation() }, aKey());
    expect([code(answer), answer.extensions.parts]).toEqual(['UNAVAILABLE', { a: 'DONE', z: 'NOT_DONE' }]);
  });

  it('a part that was refused without being sent makes no other part again on the retry', async () => {
    const fragile = await startGateway({
      supergraphSdl: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
      subgraphs: {
        organisations: service.url,
        people: 'http://127.0.0.1:1',
        campaigns: 'http://127.0.0.1:1',
        programs: 'http://127.0.0.1:1',
      },
      verify: verifyTestToken,
      breaker: { failures: 1, pause: 300 },
    });
    try {
      const key = aKey();
      const variables = {
        a: anOrganisation({ legalName: '长春断前网络公司' }),
        p: aPerson({ divisionCode: '220102' }),
        b: anOrganisation({ legalName: '长春断后网络公司' }),
      };
      const change = () => post(both, variables, key, fragile.url);
      await post('{ people { totalCount } }', {}, {}, fragile.url);
      // The breaker is open: nothing is sent for the part in the middle.
      expect((await change()).extensions.parts).toEqual({ a: 'DONE', p: 'NOT_DONE', b: 'DONE' });
      await new Promise(resolve => setTimeout(resolve, 400));
      expect((await change()).extensions.parts).toEqual({ a: 'DONE', p: 'NOT_DONE', b: 'DONE' });
      expect([await named('长春断前网络公司'), await named('长春断后网络公司')]).toEqual([1, 1]);
    } finally {
      await fragile.stop();
    }
  });
});
