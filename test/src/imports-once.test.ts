import { aCreditCode } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csv, postLedger } from './post-ledger.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { allScopes, county, city as wholeCity } from './test-tokens.ts';

const scopes = [...allScopes, 'people:personal'];
const city = { ...wholeCity, scopes };
let hub: TestHub;
const codes = Array.from({ length: 20 }, aCreditCode);
const organisations = (named = '甲') =>
  csv(
    ['统一社会信用代码', '企业名称', '属地', '地址'],
    ...codes.map((code, i) => [code, `长春${named}${i}有限公司`, '220102', `${named}路${i}号`]),
  );
const donations = (from: number, count: number) =>
  csv(
    ['捐赠企业信用代码', '捐赠日期', '类别', '金额(元)', '受赠方', '用途'],
    ...Array.from({ length: count }, (_, i) => [
      codes[(from + i) % codes.length]!,
      '2022-03-01',
      '资金',
      from + i,
      '长春市慈善会',
      `第${from + i}笔`,
    ]),
  );
const members = (count: number) =>
  csv(
    ['姓名', '联系电话', '所在企业信用代码'],
    ...Array.from({ length: count }, (_, i) => [`员工${i}`, `139${String(10_000_000 + i)}`, codes[i % codes.length]!]),
  );
const totalCount = async (list: string) => (await hub.get(city, `{ ${list} { totalCount } }`))[list].totalCount;
const created = (sent: { batch?: { counts: { created: number } } }[]) => sent.map(({ batch }) => batch?.counts.created);

beforeAll(async () => {
  hub = await testHub({ sample: false, together: true });
  expect((await postLedger(hub, city, 'organisations', organisations())).status).toBe(200);
}, 120_000);
afterAll(() => hub?.stop());

describe('the same ledger sent twice at the same moment', () => {
  it('is applied once, and the second is told what came of the first', async () => {
    for (const round of [0, 1, 2]) {
      const file = donations(1 + round * 1_000, 1_000);
      const sent = await Promise.all([1, 2, 3].map(() => postLedger(hub, city, 'donations', file)));
      expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(new Set(sent.map(({ batch }) => batch.id)).size).toBe(1);
      expect(created(sent)).toEqual([1_000, 1_000, 1_000]);
      expect(await totalCount('donations')).toBe((round + 1) * 1_000);
    }
  });

  it('is applied once by a county and the city above it', async () => {
    const [before, file] = [await totalCount('people'), members(400)];
    const own = { ...county('220102'), scopes };
    const sent = await Promise.all([postLedger(hub, city, 'members', file), postLedger(hub, own, 'members', file)]);
    expect(sent.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(sent.map(({ batch }) => batch.counts.created + batch.counts.unchanged)).toEqual([400, 400]);
    expect(await totalCount('people')).toBe(before + 400);
  });
});

describe('two files at once that name the same rows', () => {
  it('come out as if one came after the other', async () => {
    const all = (part: number) => donations(10_001 + part * 250, 500);
    const before = await totalCount('donations');
    const sent = await Promise.all([0, 1].map(part => postLedger(hub, city, 'donations', all(part))));
    expect(created(sent).sort()).toEqual([250, 500]);
    expect(await totalCount('donations')).toBe(before + 750);
  });
});

describe('the Idempotency-Key of an import', () => {
  it('answers what was answered, and refuses another file', async () => {
    const headers = { 'idempotency-key': 'import-of-march' };
    const first = await postLedger(hub, city, 'donations', donations(20_001, 50), { headers });
    const again = await postLedger(hub, city, 'donations', donations(20_001, 50), { headers });
    expect([first.status, again]).toEqual([200, first]);
    expect(first.batch.counts.created).toBe(50);
    const other = await postLedger(hub, city, 'donations', donations(20_001, 51), { headers });
    expect([other.status, other.error?.code]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
  });
});

describe('a file that was applied before', () => {
  it('says so, with when and by whom, and nothing is done', async () => {
    const { batch } = await postLedger(hub, city, 'organisations', organisations());
    expect(batch.message).toMatch(/^未作改动：同一文件已于 \d{4}-.*Nothing was changed: the same file was applied at \d{4}-/);
    expect(batch.message).toContain(batch.actor);
  });

  it('is applied again on purpose: A, B and A again end as A', async () => {
    const addressOf = async () =>
      (await hub.get(city, `query ($c: String!) { organisation(creditCode: $c) { address } }`, { c: codes[3] })).organisation
        .address;
    await postLedger(hub, city, 'organisations', organisations('乙'));
    expect(await addressOf()).toBe('乙路3号');
    await postLedger(hub, city, 'organisations', organisations());
    expect(await addressOf()).toBe('乙路3号');
    const { batch } = await postLedger(hub, city, 'organisations', organisations(), { query: 'again' });
    expect(batch).toMatchObject({ state: 'APPLIED', counts: { updated: 20, created: 0 } });
    expect(await addressOf()).toBe('甲路3号');
  });
});
