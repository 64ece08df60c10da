import { describe, expect, it } from '@jest/globals';
import type { HubError } from '../errors.ts';
import { text } from './cell.ts';
import { findHeader } from './header.ts';
import type { Ledger } from './ledger.ts';
import { decimal, integer } from './number.ts';

const ledger = {
  name: 'gifts',
  columns: {
    creditCode: { header: '捐赠企业信用代码', required: true, parse: text(18) },
    amount: { header: '金额', unit: '元', required: true, parse: decimal() },
    output: { header: '年产值', unit: '万元', parse: decimal() },
    staff: { header: '职工人数', unit: '人', parse: integer() },
    unit: { header: '单位', parse: text(20) },
    venue: { header: '社区/地点', parse: text(20) },
  },
  async apply() {},
} as unknown as Ledger;
const first = '捐赠企业信用代码';
const header = (...rows: string[][]) => findHeader(ledger, 1, rows);
const columnOf = (title: string, key = 'amount', ...above: string[][]) =>
  header(...above, key === 'amount' ? [first, title] : [first, '金额', title]).columns.find(column => column?.key === key);
const problem = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error as HubError;
  }
  throw new Error('It was taken.');
};

describe('the unit of a column', () => {
  it.each([
    ['金额', 1],
    ['金额(元)', 1],
    ['金额(万)', 1e4],
    ['金额（万元）', 1e4],
    ['金额【亿】', 1e8],
    ['金额[百萬元]', 1e6],
    ['金额<千元>', 1e3],
    ['金额/万元', 1e4],
    ['金额：万元', 1e4],
    ['金额，万元', 1e4],
    ['金额\n万元', 1e4],
    ['金额 万元', 1e4],
    ['金额万元', 1e4],
    ['金额（单位：万元）', 1e4],
    ['金额（单位:人民币万元）', 1e4],
    ['金额(必填)', 1],
    ['*金额(2022年)(万元)', 1e4],
    ['amount (RMB)', 1],
    ['Amount(CNY)', 1],
    ['ａｍｏｕｎｔ（ｗ）', 1e4],
  ])('%s has the scale %d', (title, scale) => expect(columnOf(title)?.scale).toBe(scale));

  it('is the documented one where the file says none, and the nearest that it says', () => {
    expect(columnOf('年产值', 'output')?.scale).toBe(1e4);
    expect(columnOf('年产值【亿】', 'output')?.scale).toBe(1e8);
    expect(columnOf('年产值(元)', 'output')?.scale).toBe(1);
    expect(columnOf('职工人数(万人)', 'staff')?.scale).toBe(1e4);
  });

  it.each([
    ['金额(美元)', 'amount'],
    ['金额(USD)', 'amount'],
    ['金额($)', 'amount'],
    ['金额（万美元）', 'amount'],
    ['金额/欧元', 'amount'],
    ['金额：港币', 'amount'],
    ['金额美元', 'amount'],
    ['金额(吨)', 'amount'],
    ['金额(人)', 'amount'],
    ['年产值(兆)', 'output'],
    ['职工人数(万元)', 'staff'],
    ['职工人数(户)', 'staff'],
  ])('in %s is refused by name', (title, key) => {
    const error = problem(() => columnOf(title, key));
    expect(error.extensions).toMatchObject({ code: 'INVALID_INPUT', reason: 'UNKNOWN_UNIT' });
    expect(error.message).toMatch(/[一-龥]/);
    expect(error.extensions.suggestion).toBeTruthy();
  });

  it('may stand in a line above, for columns of money without one of their own', () => {
    for (const above of ['单位：万元', '（单位：万元）', '金额单位:万元', '捐赠台账 单位：萬元', '单 位：人民币万元']) {
      expect(columnOf('金额', 'amount', [above])).toMatchObject({ scale: 1e4, quantity: { isStated: true } });
      expect(columnOf('金额(元)', 'amount', [above])?.scale).toBe(1);
      expect(columnOf('职工人数', 'staff', [above])?.scale).toBe(1);
    }
    expect(columnOf('职工人数', 'staff', ['', '', '单位：万元、人'])?.scale).toBe(1);
    for (const above of ['单位：长春市千里科技有限公司', '填报单位：南关区', '单位：互联网业联合会', '单位名称：甲公司'])
      expect(columnOf('金额', 'amount', [above])).toMatchObject({ scale: 1, quantity: { isStated: false } });
    for (const above of ['单位：美元', '单位:万美元', '（单位：USD）'])
      expect(problem(() => columnOf('金额', 'amount', [above])).extensions.reason).toBe('UNKNOWN_UNIT');
  });
});

describe('the header', () => {
  it('that lacks columns is told with those it has and what may be meant', () => {
    const { message, extensions } = problem(() => header(['捐赠单位', '金额', '地点', '备注']));
    expect(extensions).toMatchObject({ reason: 'HEADER_NOT_FOUND', missing: ['捐赠企业信用代码 (creditCode)'] });
    expect(message).toContain('捐赠单位, 金额, 地点, 备注');
    expect(message).toContain('"捐赠单位" may be meant as 捐赠企业信用代码');
    expect(message).not.toContain('"备注" may');
  });

  it('names near titles for a slip of the pen and another word', () => {
    for (const [typed, meant] of [
      ['捐增企业信用代码', '捐赠企业信用代码'],
      ['企业信用代码', '捐赠企业信用代码'],
      ['捐赠企业代码', '捐赠企业信用代码'],
    ])
      expect(problem(() => header([typed!, '金额', '单位'])).message).toContain(`"${typed}" may be meant as ${meant}`);
  });

  it('with one column twice is refused', () => {
    for (const other of ['金额', 'amount', '金额（万元）', ' 金　额 ']) {
      const error = problem(() => header([first, '金额', other]));
      expect(error.extensions).toMatchObject({ reason: 'DUPLICATE_COLUMN', column: '金额' });
    }
  });

  it('may stand over two rows, below a title', () => {
    const found = header(
      ['捐赠台账', '', ''],
      ['捐赠企业信用代码', '捐赠情况', ''],
      ['', '金额（万元）', '职工人数'],
      ['91', '1', '2'],
    );
    expect(found.row).toBe(3);
    expect(found.columns.map(column => column?.key)).toEqual(['creditCode', 'amount', 'staff']);
  });

  it('is found in one row although the first data row below is nearly empty', () => {
    expect(header([first, '金额', '职工人数'], ['91', '', '']).row).toBe(1);
  });

  it('reports columns that it does not know, and titles with a slash that are known whole', () => {
    const found = header(['序号', first, '金额大写', '金额', '', '社区/地点', '']);
    expect(found.ignored).toEqual(['序号', '金额大写']);
    expect(found.untitled).toEqual([4]);
    expect(found.columns).toHaveLength(6);
    expect(found.columns[5]?.key).toBe('venue');
  });

  it('that is none says what it needs', () => {
    expect(problem(() => header(['甲', '乙'], ['1', '2'])).message).toContain('No header of the ledger gifts');
    expect(problem(() => header(['（'.repeat(5000), '金额'.repeat(5000)])).extensions.reason).toBe('HEADER_NOT_FOUND');
  });
});
