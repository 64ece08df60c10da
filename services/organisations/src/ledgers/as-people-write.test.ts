import { importSheet, type SheetOptions } from '@hub/test/import-sheet';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCreditCode } from '../factories.ts';
import { organisations } from '../subgraph.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService(organisations);
});
afterAll(() => service?.stop());

const bring = (rows: string[][], claims: any = city, options: SheetOptions = {}) =>
  importSheet(service, claims, 'Organisation', 'organisations', rows, options);
const titles = ['统一社会信用代码', '企业名称', '属地'];
const line = (...cells: string[]) => [aCreditCode(), '甲公司', '南关区', ...cells];
const codes = async (header: string[], ...rows: string[][]) =>
  (await bring([[...titles, ...header], ...rows])).problems.map(({ row, code }: { row: number; code: string }) => [row, code]);
const figures = async (creditCode: string) =>
  (
    await service.get(
      city,
      `query ($c: String!) { organisation(creditCode: $c) { division { code } legalName address figures { nodes { id version indicator period value status } } } }`,
      { c: creditCode },
    )
  ).organisation;
const refusal = (rows: string[][]) =>
  bring(rows).then(
    () => undefined,
    error => JSON.parse(error.message)[0].extensions,
  );

describe('an organisations ledger as people write it', () => {
  it.each([
    ['年产值(亿)', '3.5', 350_000_000],
    ['年产值【亿元】', '3.5', 350_000_000],
    ['年产值(元)', '3.5万元', 35_000],
    ['年产值(万元)', '3.5万元', 35_000],
    ['年产值', '1,234.5', 12_345_000],
    ['年产值（單位：萬元）', '１２', 120_000],
  ])('below %s has %s as CNY %d', async (title, typed, value) => {
    const row = line(typed, '2022');
    await bring([[...titles, title, '统计期'], row]);
    expect((await figures(row[0]!)).figures.nodes).toMatchObject([{ indicator: 'OUTPUT_VALUE', value }]);
  });

  it('is refused by its header where the unit is not known', async () => {
    for (const title of ['年产值(美元)', '年产值(人)', '职工人数(万元)'])
      expect(await refusal([[...titles, title, '统计期'], line('1', '2022')])).toMatchObject({
        reason: 'UNKNOWN_UNIT',
        column: title,
      });
  });

  it.each([
    ['44986', '2023-03'],
    ['2023.3', '2023-03'],
    ['2023年上半年', '2023-H1'],
    ['2023年一季度', '2023-Q1'],
    ['2023-03-01', '2023-03'],
  ])('of the period %s is of %s', async (typed, period) => {
    const row = line('5', typed);
    await bring([[...titles, '职工人数', '统计期'], row]);
    expect((await figures(row[0]!)).figures.nodes).toMatchObject([{ period, value: 5 }]);
  });

  it.each([
    ['4498-06', 'NOT_A_PERIOD'],
    ['44987', 'NOT_A_PERIOD'],
    ['1900', 'NOT_A_PERIOD'],
    [`${new Date().getFullYear() + 1}`, 'PERIOD_NOT_ENDED'],
  ])('of the period %s is refused as %s', async (typed, code) =>
    expect(await codes(['职工人数', '统计期'], line('5', typed))).toEqual([[2, code]]),
  );

  it('names every number that is none', async () => {
    const header = ['职工人数', '年产值(元)', '统计期'];
    expect(await codes(header, line('人', '12,5', '2022'), line('0x10', '1.234,56', '2022'))).toEqual([
      [2, 'NOT_A_NUMBER'],
      [2, 'NOT_A_NUMBER'],
      [3, 'NOT_A_NUMBER'],
      [3, 'NOT_A_NUMBER'],
    ]);
  });

  it('loses no cell beyond its header', async () => {
    expect(await codes(['地址'], line('人民大街1号', '2号'))).toEqual([[2, 'EXTRA_CELL']]);
  });

  it('finds divisions by their full names, also for a county', async () => {
    for (const typed of ['长春市南关区', '吉林省长春市南关区', '220102000000', '南关']) {
      const row = [aCreditCode(), '甲公司', typed];
      expect((await bring([titles, row], county('220102'))).problems).toEqual([]);
      expect((await figures(row[0]!)).division.code).toBe('220102');
    }
  });

  it('enters no company called total, and no remark', async () => {
    expect(await codes([], line(), ['合计', '2', ''], ['注：不含分公司'])).toEqual([
      [3, 'TOTAL_ROW'],
      [4, 'NOTE_ROW'],
    ]);
  });

  it('says of a number that was a code what happened to it', async () => {
    expect(await codes([], ['9.11620105585906E+17', '甲公司', '南关区'])).toEqual([[2, 'CODE_DAMAGED_BY_SPREADSHEET']]);
  });

  it('keeps a name as it was written, without signs that nobody sees', async () => {
    const row = [aCreditCode(), '\u202D测试（集团）\u200B\u007F', '南关区'];
    await bring([titles, row]);
    expect((await figures(row[0]!)).legalName).toBe('测试（集团）');
  });

  it('takes a branch for the same whatever the width and blanks of its name', async () => {
    const header = [...titles, '党组织形式', '党支部名称'];
    await bring([header, line('联合', '净月（联合）党支部'), line('联合', '净月(联合) 党支部')]);
    await bring([header, line('联合', '净 月 (联合)党支部')]);
    const named = `query ($n: [String!]) { branches(where: { names: $n }) { nodes { name organisations { id } } } }`;
    for (const name of ['净月（联合）党支部', '净月(联合)党支部', '净月 （ 联合 ） 党支部']) {
      const { nodes } = (await service.get(city, named, { n: [name] })).branches;
      expect(nodes).toMatchObject([{ name: '净月（联合）党支部', organisations: [{}, {}, {}] }]);
    }
  });

  it('does not change a figure that was verified, and says what stands', async () => {
    const header = [...titles, '职工人数', '统计期', '地址'];
    const row = line('10', '2022', '旧址');
    await bring([header, row]);
    const [figure] = (await figures(row[0]!)).figures.nodes;
    const verify = `mutation ($id: ID!) { updateFigure(input: { id: $id, expectedVersion: 1, status: VERIFIED }) { id } }`;
    await service.get(city, verify, { id: figure.id });
    expect((await bring([header, [...row.slice(0, 5), '新址']])).counts).toMatchObject({ updated: 1, conflict: 0 });
    const other = [...row.slice(0, 3), '11', '2022', '他址'];
    const refused = await bring([header, other], city, { rowByRow: true });
    expect(refused).toMatchObject({
      counts: { conflict: 1 },
      problems: [{ code: 'VERIFIED_FIGURE_DIFFERS', column: '职工人数', value: '11', message: expect.stringContaining('10') }],
    });
    expect(await figures(row[0]!)).toMatchObject({ address: '新址', figures: { nodes: [{ value: 10, status: 'VERIFIED' }] } });
  });
});
