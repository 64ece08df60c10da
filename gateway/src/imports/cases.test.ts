import { expect, it } from '@jest/globals';
import { caseFile } from '../testing/files.ts';
import { parseFile } from './parse-file.ts';

/** The cell under a header in the first row of data. */
async function cell(name: string, header: string): Promise<string | undefined> {
  const { rows } = await parseFile(caseFile(name));
  return rows[1]![rows[0]!.indexOf(header)];
}

it.each([
  ['date1904-true.xlsx', '登记日期', '2023-02-17'],
  ['formula-without-value.xlsx', '职工人数', '#NOVALUE!'],
  ['formula-without-value.xlsx', '年产值(万元)', '#NOVALUE!'],
  ['iso-date-with-time-shanghai.xlsx', '登记日期', '2023-02-17'],
  ['iso-time-only.xlsx', '日期', '2023-02-17'],
  ['iso-time-only.xlsx', '时间', '14:30'],
  ['cdata.xlsx', '企业名称', 'AB&CD公司'],
  ['cdata.xlsx', '地址', '人民大街2号'],
  ['cells-without-r.xlsx', '企业名称', '甲公司'],
  ['cells-without-r.xlsx', '地址', 'x'],
  ['xlsx-display-format-wan.xlsx', '年产值(万元)', '3.5万元'],
  ['organisations-period-date-cell.xlsx', '统计期', '2023-03'],
  ['credit-code-damaged-check-passes.xlsx', '统一社会信用代码', '9.12201020000018E+17'],
  ['members-code-damaged.xlsx', '所在企业信用代码', '9.12201021234567E+17'],
  ['ctrl-z.csv', '企业名称', '甲公司'],
])('%s: %s is %s', async (name, header, text) => {
  expect(await cell(name, header)).toBe(text);
});

it('csv-mixed-line-ends-donations.csv has six donations of 2,100 together', async () => {
  const { rows } = await parseFile(caseFile('csv-mixed-line-ends-donations.csv'));
  const amounts = rows.slice(1).map(row => Number(row[rows[0]!.indexOf('金额(元)')]));
  expect([amounts.length, amounts.reduce((sum, amount) => sum + amount, 0)]).toEqual([6, 2_100]);
});

it('nul-escape.xlsx is refused with the sheet, the row and the column', async () => {
  await expect(parseFile(caseFile('nul-escape.xlsx'))).rejects.toMatchObject({
    reason: 'CELL_UNREADABLE',
    place: { sheet: 'Sheet1', row: 2, column: 'B' },
    message: expect.stringContaining('B2'),
  });
});

it('utf8-one-bad-byte.csv is refused with the line and the byte', async () => {
  await expect(parseFile(caseFile('utf8-one-bad-byte.csv'))).rejects.toMatchObject({
    reason: 'FILE_UNREADABLE',
    place: { row: 2 },
    message: expect.stringContaining('Line 2, byte 23 (0xE9) is not UTF-8'),
  });
});
