import { importSheet } from '@hub/test/import-sheet';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestHub, testHub } from '../test-hub.ts';

let hub: TestHub;
let creditCode: string;
let other: string;
beforeAll(async () => {
  hub = await testHub();
  const codeOf = async (id: string) =>
    (await hub.organisations.get(city, `query ($id: ID!) { organisation(id: $id) { creditCode } }`, { id })).organisation
      .creditCode;
  creditCode = await codeOf((await hub.organisation('220102')).id);
  other = await codeOf((await hub.organisation('220102')).id);
});
afterAll(() => hub?.stop());

const header = ['标题', '类型', '平台', '账号', '发布单位信用代码', '发布日期', '阅读量(万次)', '观测日期'];
const bring = (...rows: string[][]) => importSheet(hub.campaigns, county('220102'), 'Campaign', 'content', [header, ...rows]);
const row = (title: string, account: string, reads = '1.2', publisher = creditCode) => [
  title,
  '文章',
  '微信公众号',
  account,
  publisher,
  '2020-03-01',
  reads,
  '2020-04-01',
];

describe('the content ledger', () => {
  it('takes an item and an account for the same whatever their width and blanks, and keeps them as first written', async () => {
    expect((await bring(row('战“疫”日记（一）', '长春发布（测试）'))).counts).toMatchObject({ created: 1 });
    const again = await bring(row('战"疫"日记(一)', '长春发布(测试)'));
    expect(again).toMatchObject({ counts: { created: 0, unchanged: 1 }, problems: [] });
    const more = await bring(row('战“疫” 日记（二）', '长春发布 (测试)'));
    expect(more.counts).toMatchObject({ created: 1 });
    const query = `{ contentItems(where: { search: "战疫日记" }) { nodes { title reads account { handle } } } mediaAccounts(where: { search: "发布(测试)" }) { totalCount } }`;
    const { contentItems, mediaAccounts } = await hub.campaigns.get(county('220102'), query);
    expect(contentItems.nodes).toHaveLength(2);
    expect(contentItems.nodes).toContainEqual({
      title: '战“疫”日记（一）',
      reads: 12_000,
      account: { handle: '长春发布（测试）' },
    });
    expect(mediaAccounts.totalCount).toBe(1);
  });

  it('refuses an account of somebody else, and one item twice in a file', async () => {
    await bring(row('甲', '甲号'));
    expect((await bring(row('乙', '甲　号', '1', other))).problems).toMatchObject([{ code: 'ACCOUNT_ELSEWHERE' }]);
    expect((await bring(row('丙（一）', '丙号'), row('丙(一)', '丙号'))).problems).toMatchObject([
      { code: 'DUPLICATE_IN_FILE', row: 3 },
    ]);
  });

  it('names the count that stands', async () => {
    await bring(row('丁', '丁号', '5'));
    expect((await bring(row('丁', '丁号', '4'))).problems).toMatchObject([
      { code: 'COUNT_CONTRADICTS', column: '阅读量', value: '40000', message: expect.stringContaining('50000') },
    ]);
  });
});
