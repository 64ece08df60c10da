import { describe, expect, it } from '@jest/globals';
import { text } from './cell.ts';
import { findHeader } from './header.ts';
import type { Ledger } from './ledger.ts';
import { integer } from './number.ts';
import { parseRows } from './parse-rows.ts';

const columns = (personal: boolean) => ({
  name: { header: '企业名称', required: true, personal, parse: text(100) },
  staff: { header: '职工人数', unit: '人', parse: integer() },
  post: { header: '党内职务', none: true, parse: text(100) },
});
const ledgerOf = (personal = false) => ({ name: 'staff', columns: columns(personal), async apply() {} }) as unknown as Ledger;
const titles = ['企业名称', '职工人数', '党内职务'];
const rowsOf = (cells: string[], header = titles, personal = false) => {
  const ledger = ledgerOf(personal);
  const [row] = parseRows(ledger, findHeader(ledger, 1, [header]), [{ row: 2, cells }]);
  return row!;
};
const codes = (cells: string[], header = titles) => rowsOf(cells, header).problems.map(({ code }) => code);

describe('a row', () => {
  it.each([
    [['合计', '12']],
    [['', '小 计', '12']],
    [['总计：', '12', '']],
    [['1', '共计', '']],
    [['本页合计', '3', '']],
    [['Total', '3', '']],
  ])('of totals is refused as such: %j', cells => expect(codes(cells)).toEqual(['TOTAL_ROW']));

  it.each([
    [['注：以上为2022年数据', '', '']],
    [['备注: 略']],
    [['填表人：张三', '审核人：李四', '']],
    [['填报日期：2023年3月1日']],
    [['单位负责人：', '', '']],
    [['（注：不含分公司）']],
    [['说明：1.略']],
    [['', '', '制表人：王五']],
  ])('of remarks is refused as such, and tells no name: %j', cells => {
    expect(codes(cells)).toEqual(['NOTE_ROW']);
    expect(JSON.stringify(rowsOf(cells).problems)).not.toMatch(/张三|李四|王五/);
  });

  it('that repeats the header is refused as such', () => {
    expect(codes(['企业名称', '职工人数', '党内职务'])).toEqual(['HEADER_AGAIN']);
    expect(codes(['企业 名称', '职工人数（人）', ''], ['企业名称', '职工人数（人）', '党内职务'])).toEqual(['HEADER_AGAIN']);
  });

  it.each([
    [['合计科技有限公司', '12', '']],
    [['注册资本咨询公司', '12', '']],
    [['备注软件有限公司', '3', '无']],
    [['负责人才服务公司', '3', '']],
  ])('whose name only begins like one is an entry: %j', cells => expect(codes(cells)).toEqual([]));

  it.each(['同上', '〃', '"', '″', '同左'])('does not repeat a cell by %s', mark => {
    expect(codes(['甲公司', mark, ''])).toEqual(['DITTO_MARK']);
    expect(codes([mark, '1', mark])).toEqual(['DITTO_MARK', 'DITTO_MARK']);
  });

  it('has nothing where a word says so, if the column allows it', () => {
    for (const word of ['无', '否', '—', '暂无', 'N/A']) {
      expect(rowsOf(['甲公司', '1', word]).values).toEqual({ name: '甲公司', staff: 1 });
      expect(codes(['甲公司', word, ''])).toEqual(['NOT_A_NUMBER']);
    }
    expect(rowsOf(['无', '1', '']).values.name).toBe('无');
  });

  it('keeps no cell that stands below no header to itself', () => {
    const { problems } = rowsOf(['甲公司', '1', '', '2号', ' ', '别的'], titles);
    expect(problems).toMatchObject([
      { code: 'EXTRA_CELL', value: '2号', message: expect.stringContaining('D2') },
      { code: 'EXTRA_CELL', value: '别的', message: expect.stringContaining('F2') },
    ]);
    expect(codes(['甲公司', '漏', '1', ''], ['企业名称', '', '职工人数', '党内职务'])).toEqual(['EXTRA_CELL']);
    expect(codes(['1', '甲公司', '1', ''], ['序号', ...titles])).toEqual([]);
    expect(codes(['甲公司', '1', '', '\u200B', '\u00a0'])).toEqual([]);
  });

  it('is cleaned of signs that nobody sees, and keeps its text as it was written', () => {
    expect(rowsOf(['\u202D测试（集团）\u202C\u001C', '１\u200B２', '\u00AD']).values).toEqual({
      name: '测试（集团）',
      staff: 12,
    });
  });

  it('tells all that is wrong, and of a personal value nothing', () => {
    expect(codes(['', '很多', '〃'])).toEqual(['VALUE_MISSING', 'NOT_A_NUMBER', 'DITTO_MARK']);
    const secret = JSON.stringify(rowsOf(['同上', '1', '', '张三丰'], titles, true).problems);
    expect(secret).toContain('EXTRA_CELL');
    expect(secret).not.toMatch(/同上|张三丰/);
    expect(rowsOf(['甲', '很'.repeat(300), '']).problems[0]!.value).toHaveLength(40);
    for (const damaged of ['#REF!', '#NOVALUE!', '#####']) expect(codes(['甲', damaged, ''])).toEqual(['SPREADSHEET_ERROR']);
  });
});
