import { readFile } from 'node:fs/promises';
import { startGateway } from '@hub/gateway/gateway';
import { type Serving, serve } from '@hub/kit/serve';
import { inRepository } from '@hub/launcher/layout';
import { aDonation } from '@hub/programs/factories';
import { programs } from '@hub/programs/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type CuttingProxy, cuttingProxy } from './cutting-proxy.ts';
import { eventually } from './eventually.ts';
import { asAdmin, type TestDatabase, testDatabase } from './test-database.ts';
import { ask } from './test-service.ts';
import { county, verifyTestToken } from './test-tokens.ts';

const create = `mutation ($input: CreateDonation!) { createDonation(input: $input) { id } }`;
const viewer = county('220102');

let database: TestDatabase;
let proxy: CuttingProxy;
let serving: Serving;
let owner: pg.Client;
beforeAll(async () => {
  database = await testDatabase('programs');
  proxy = await cuttingProxy(database.url);
  serving = await serve(programs, { databaseUrl: proxy.url(database.url), verify: verifyTestToken, silence: 3_000 });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await serving.stop();
  await proxy.stop();
  await database.drop();
});

const donate = (recipient: string, headers: object = {}) =>
  ask(serving.url, viewer, create, { input: aDonation({ divisionCode: '220102', recipient }) }, headers);
const donations = async (recipient: string) =>
  (await owner.query('select count(*)::int as n from donation where recipient = $1', [recipient])).rows[0].n;
const working = async () =>
  eventually(async () => expect((await ask(serving.url, viewer, '{ donations { totalCount } }')).errors).toBeUndefined());

describe('a COMMIT whose answer is lost', () => {
  it('is answered UNKNOWN_OUTCOME, which invites no second donation', async () => {
    proxy.mode = 'cut commits';
    const { data, errors } = await donate('无键');
    proxy.mode = 'open';
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'UNKNOWN_OUTCOME', retryable: false } }]);
    expect(await donations('无键')).toBe(1);
    await working();
  });

  it('is repeated with its key to one donation and the answer that was lost', async () => {
    const key = { 'idempotency-key': `lost-${Date.now()}` };
    proxy.mode = 'cut commits';
    const { errors } = await donate('有键', key);
    proxy.mode = 'open';
    expect(errors).toMatchObject([{ extensions: { code: 'UNKNOWN_OUTCOME', retryable: true } }]);
    await working();
    const again = await donate('有键', key);
    expect(again.data.createDonation.id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await donate('有键', key)).data).toEqual(again.data);
    expect(await donations('有键')).toBe(1);
  });
});

describe('while PostgreSQL is away', () => {
  it('reads and changes are UNAVAILABLE, and nothing of them is done', async () => {
    proxy.mode = 'closed';
    await asAdmin(run =>
      run(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database.name}' and usename = 'hub_programs'`,
      ),
    );
    const seen = new Set<string>();
    for (let i = 0; i < 8; i++) {
      const read = await ask(serving.url, viewer, '{ donations { totalCount } programs { nodes { id } } }');
      const changed = await donate('无库');
      for (const { extensions } of [...(read.errors ?? []), ...(changed.errors ?? [])]) seen.add(extensions.code);
      expect([read.errors?.length, changed.data]).toEqual([2, undefined]);
    }
    proxy.mode = 'open';
    expect([...seen]).toEqual(['UNAVAILABLE']);
    await working();
    expect(await donations('无库')).toBe(0);
  });
});

describe('while PostgreSQL hangs', () => {
  it.each(['held', 'lost'] as const)(
    'everybody has a coded answer by the deadline, and the pool is whole when it goes on (%s)',
    async mode => {
      const nowhere = 'http://127.0.0.1:9';
      const supergraphSdl = await readFile(inRepository('schema', 'supergraph.graphql'), 'utf8');
      const subgraphs = { programs: serving.url, organisations: nowhere, people: nowhere, campaigns: nowhere };
      const breaker = { failures: 1_000, pause: 1 };
      const limits = { inWork: 100, queue: 100, concurrent: { people: 100, partners: 1, reporting: 1 } };
      const verify = verifyTestToken;
      const gateway = await startGateway({ supergraphSdl, subgraphs, verify, breaker, limits, deadlineMs: 1_500 });
      const read = () => ask(gateway.url, viewer, '{ donations { totalCount } }');
      const change = (key: string) =>
        ask(
          gateway.url,
          viewer,
          create,
          { input: aDonation({ divisionCode: '220102', recipient: mode }) },
          { 'idempotency-key': key },
        );
      const keys = Array.from({ length: 6 }, (_, i) => `hanging-${mode}-${i}`);
      try {
        await Promise.all(Array.from({ length: 10 }, read));
        proxy.mode = mode;
        const answers = await Promise.all([...Array.from({ length: 24 }, read), ...keys.map(change)]);
        const codes = new Set(answers.map(({ errors }) => errors?.[0]?.extensions.code));
        expect([...codes]).toEqual(['TIMEOUT']);
        expect(answers.slice(-6).map(({ errors }) => errors![0]!.extensions.retryable)).toEqual(Array(6).fill(true));
        proxy.mode = 'open';
        await eventually(async () => {
          for (const { errors } of await Promise.all(Array.from({ length: 20 }, read))) expect(errors).toBeUndefined();
        });
        for (const key of keys) await eventually(async () => expect((await change(key)).errors).toBeUndefined());
        expect(await donations(mode)).toBe(6);
        const { database: pool } = (await (await fetch(`${serving.url}/status`)).json()) as { database: { waiting: number } };
        expect(pool.waiting).toBe(0);
      } finally {
        proxy.mode = 'open';
        await gateway.stop();
      }
    },
  );
});

describe('a wrong value', () => {
  it('blames itself and leaves what travelled with it alone', async () => {
    await donate('好值');
    const query = `{
      good: donations(where: { search: "好值" }) { totalCount }
      bad: donation(id: "x") { id }
      worse: donations(where: { program: "y" }) { totalCount }
      fine: programs { totalCount } }`;
    const { data, errors } = await ask(serving.url, viewer, query);
    expect({ good: data?.good, bad: data?.bad, fine: data?.fine }).toEqual({
      good: { totalCount: 1 },
      bad: null,
      fine: { totalCount: 0 },
    });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code]).toSorted()).toEqual([
      ['bad', 'INVALID_INPUT'],
      ['worse', 'INVALID_INPUT'],
    ]);
  });
});
