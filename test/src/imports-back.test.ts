import { aCreditCode } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csv, postLedger } from './post-ledger.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { allScopes, city as wholeCity } from './test-tokens.ts';

const city = { ...wholeCity, scopes: [...allScopes, 'people:personal'] };
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: false, together: true });
}, 120_000);
afterAll(() => hub?.stop());

let cities = 0;
/** Enterprises with a joint branch, and ledgers of other parts that are about them. */
const aCity = (address = '旧址') => {
  const codes = [aCreditCode(), aCreditCode(), aCreditCode()];
  const branchName = `联合支部${++cities}`;
  const organisations = (at: string) =>
    csv(
      ['统一社会信用代码', '企业名称', '属地', '地址', '党组织形式', '党支部名称', '职工人数', '统计期'],
      ...codes.map((code, i) => [code, `长春第${cities}批${i}号有限公司`, '220102', at, '联合', branchName, 10 + i, '2022']),
    );
  return {
    codes,
    organisations: organisations(address),
    moved: organisations('新址'),
    members: csv(
      ['姓名', '联系电话', '所在企业信用代码', '所在党支部', '党员类别', '入党日期', '党内职务'],
      ['王小明', `138000${String(10_000 + cities)}`, codes[0]!, branchName, '正式', '2010-07-01', '党支部书记'],
      ['李小红', `139000${String(10_000 + cities)}`, codes[1]!, branchName, '正式', '2011-07-01', ''],
    ),
    donations: csv(
      ['捐赠企业信用代码', '捐赠日期', '类别', '金额', '受赠方'],
      [codes[0]!, '2022-03-01', '资金', 1000 + cities, '长春市慈善会'],
    ),
    content: csv(
      ['标题', '类型', '平台', '账号', '发布单位信用代码', '发布日期', '阅读量', '观测日期'],
      [`第${cities}篇`, '文章', '微信', `号${cities}`, codes[2]!, '2022-03-01', 10, '2022-04-01'],
    ),
  };
};
const post = async (ledger: string, file: string): Promise<string> => {
  const { batch, error } = await postLedger(hub, city, ledger, file);
  expect([error, batch?.state, batch?.problems]).toEqual([undefined, 'APPLIED', []]);
  return batch.id;
};
const revert = (prefix: string, id: string, withDependants = false) =>
  hub.ask(city, `mutation ($input: RevertImport!) { batch: revert${prefix}Import(input: $input) { state message } }`, {
    input: { id, reason: '传错文件', withDependants },
  });
const lists = ['organisations', 'branches', 'people', 'donations', 'contentItems', 'mediaAccounts'];
const standing = async () => {
  const counted = await hub.get(city, `{ ${lists.map(list => `${list} { totalCount }`).join(' ')} }`);
  return lists.map(list => counted[list].totalCount);
};

describe('an import that later work stands on', () => {
  it('is not taken back: people, donations and content of its organisations are named, with their imports', async () => {
    const { organisations, members, donations, content } = aCity();
    const id = await post('organisations', organisations);
    const later = [await post('members', members), await post('donations', donations), await post('content', content)];
    const before = await standing();
    const { errors } = await revert('Organisation', id);
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
    const { message } = errors![0]!;
    for (const named of ['people: 2 × person', 'programs: 1 × donation', 'campaigns: 1 × media_account', ...later])
      expect(message).toContain(named);
    expect(message).toMatch(/withDependants.*可选择一并撤销后续导入/);
    expect(await standing()).toEqual(before);
  });

  it('is taken back with it when that is asked for, in all four databases', async () => {
    const before = await standing();
    const { organisations, members, donations, content } = aCity();
    const id = await post('organisations', organisations);
    const later = [await post('members', members), await post('donations', donations), await post('content', content)];
    const { data, errors } = await revert('Organisation', id, true);
    expect([errors, data?.batch.state]).toEqual([undefined, 'REVERTED']);
    expect(await standing()).toEqual(before);
    const states = await hub.get(
      city,
      `query ($p: ID!, $d: ID!, $c: ID!) { p: peopleImport(id: $p) { state } d: programImport(id: $d) { state } c: campaignImport(id: $c) { state } }`,
      { p: later[0], d: later[1], c: later[2] },
    );
    expect(Object.values(states).map(each => (each as { state: string }).state)).toEqual(['REVERTED', 'REVERTED', 'REVERTED']);
  });

  it('is not taken back where something was entered by hand, whatever is asked for', async () => {
    const { codes, organisations } = aCity();
    const id = await post('organisations', organisations);
    const organisation = (await hub.get(city, `query ($c: String!) { organisation(creditCode: $c) { id } }`, { c: codes[0] }))
      .organisation;
    await hub.get(city, `mutation ($input: CreateDonation!) { createDonation(input: $input) { id } }`, {
      input: {
        donorOrganisationId: organisation.id,
        kind: 'MONEY',
        amount: 5,
        recipient: '长春市慈善会',
        donatedOn: '2022-05-01',
      },
    });
    for (const withDependants of [false, true]) {
      const { errors } = await revert('Organisation', id, withDependants);
      expect([errors?.[0]?.extensions.code, errors?.[0]?.message]).toEqual([
        'CONFLICT',
        expect.stringContaining('programs: 1 × donation (1 by hand). What was entered or changed by hand is not taken along'),
      ]);
    }
  });
});

describe('the door', () => {
  it('takes an import back by its ledger and id, for a reason', async () => {
    const before = await standing();
    const { organisations, members } = aCity();
    const id = await post('organisations', organisations);
    await post('members', members);
    const back = (query: string) => postLedger(hub, city, `organisations/${id}/revert`, '', { query });
    expect(await back('reason=传错文件')).toMatchObject({ status: 409, error: { code: 'CONFLICT' } });
    expect(await back('withDependants')).toMatchObject({ status: 400, error: { code: 'INVALID_INPUT' } });
    expect(await back('reason=传错文件&withDependants')).toMatchObject({ status: 200, batch: { state: 'REVERTED' } });
    expect(await standing()).toEqual(before);
  });
});

describe('two imports of the same rows', () => {
  const addressOf = async (code: string) =>
    (await hub.get(city, `query ($c: String!) { organisation(creditCode: $c) { address } }`, { c: code })).organisation?.address;

  it('are taken back in the order B, then A', async () => {
    const before = await standing();
    const { codes, organisations, moved } = aCity();
    const [a, b] = [await post('organisations', organisations), await post('organisations', moved)];
    const early = await revert('Organisation', a);
    expect([early.errors?.[0]?.extensions.code, early.errors?.[0]?.message]).toEqual(['CONFLICT', expect.stringContaining(b)]);
    expect((await revert('Organisation', b)).data.batch.state).toBe('REVERTED');
    expect(await addressOf(codes[0]!)).toBe('旧址');
    expect((await revert('Organisation', a)).data.batch.state).toBe('REVERTED');
    expect(await addressOf(codes[0]!)).toBeUndefined();
    expect(await standing()).toEqual(before);
  });

  it('are taken back together when A is asked for with what stands on it', async () => {
    const before = await standing();
    const { organisations, moved } = aCity();
    const [a] = [await post('organisations', organisations), await post('organisations', moved)];
    expect((await revert('Organisation', a!, true)).data.batch.state).toBe('REVERTED');
    expect(await standing()).toEqual(before);
  });
});
