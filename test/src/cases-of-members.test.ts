import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csv, postLedger } from './post-ledger.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { allScopes, city as wholeCity } from './test-tokens.ts';

// Ledgers of members that came out wrong once, sent as they are through the door.
const city = { ...wholeCity, scopes: [...allScopes, 'people:personal'] };
const enterprise = '91220102MA0009501Y';
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: false });
  const header = ['统一社会信用代码', '企业名称', '属地', '党组织形式', '党支部名称'];
  await postLedger(hub, city, 'organisations', csv(header, [enterprise, '甲公司', '南关区', '单独', '支部甲']));
}, 120_000);
afterAll(() => hub?.stop());

const send = async (name: string) =>
  postLedger(hub, city, 'members', new Uint8Array(await readFile(new URL(`../cases/members-${name}.csv`, import.meta.url))));
const problems = ({ batch }: any) => batch.problems.map(({ row, outcome, code }: any) => [row, outcome, code]);
const people = async (name: string) =>
  (
    await hub.get(
      city,
      `query ($name: String) { people(first: 50, where: { search: $name }) { nodes { name phone posts { nodes { kind } } memberships { totalCount } } } }`,
      { name },
    )
  ).people.nodes;

describe('ledgers of members', () => {
  it('with one office phone for two are two people', async () => {
    await send('landline-january');
    expect((await send('landline-february')).batch.counts).toMatchObject({ created: 1, updated: 0 });
    expect(await people('赵一')).toMatchObject([{ posts: { nodes: [{ kind: 'SECRETARY' }] } }]);
    expect(await people('钱二')).toMatchObject([{ posts: { nodes: [] } }]);
  });

  it('with a new phone of a member ask whether it is the same', async () => {
    await send('new-phone-1');
    const { batch } = await send('new-phone-2');
    expect(problems({ batch })).toEqual([[2, 'CONFLICT', 'LIKELY_PERSON']]);
    expect(batch.problems[0].candidates).toMatchObject([{ text: '韩*，138****0301，甲公司，正式党员', differs: ['联系电话'] }]);
    expect(await people('韩梅')).toMatchObject([{ phone: '13800000301' }]);
  });

  it('with a padded name are about one person', async () => {
    await send('padded-name');
    expect((await send('padded-name-2')).batch.counts.unchanged).toBe(1);
  });

  it('with one of two namesakes ask which', async () => {
    expect((await send('two-same-names-1')).batch.counts.created).toBe(2);
    const { batch } = await send('two-same-names-2');
    expect(problems({ batch })).toEqual([[2, 'CONFLICT', 'AMBIGUOUS_PERSON']]);
    expect(batch.problems[0].candidates).toHaveLength(2);
  });

  it('with no post and an assistant have no secretary of these', async () => {
    // 韩梅 and 李雷 have phones of their own; the one of the file is on file already.
    const { batch } = await send('post-none-and-assistant');
    expect(batch.counts).toMatchObject({ created: 1, unchanged: 1 });
    expect(await people('韩梅')).toMatchObject([{ posts: { nodes: [] } }]);
    expect(await people('李雷')).toMatchObject([{ posts: { nodes: [{ kind: 'OTHER' }] } }]);
  });
});
