import { type Serving, serve } from '@hub/kit/serve';
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
  serving = await serve(programs, { databaseUrl: proxy.url(database.url), verify: verifyTestToken });
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
