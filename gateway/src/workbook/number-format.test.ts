import { expect, it } from '@jest/globals';
import { rawWorkbook } from '../testing/files.ts';
import { readWorkbook } from './read-workbook.ts';

/** How a number comes out of a cell with this format. */
function read(code: string, value: number | string): string {
  return readWorkbook(rawWorkbook(`<row><c s="3"><v>${value}</v></c></row>`, { formats: [code] })).rows[0]![0]!;
}

function readBuiltIn(id: number, value: number): string {
  return readWorkbook(rawWorkbook(`<row><c s="3"><v>${value}</v></c></row>`, { builtIn: [id] })).rows[0]![0]!;
}

it.each([
  ['0!.0,"万元"', 35000, '3.5万元'],
  ['0\\.0,"万"', 35000, '3.5万'],
  ['0"."0,万', 35678, '3.5678万'],
  ['#,##0!.0000"万元"', 35000, '3.5万元'],
  ['0!.0000', 35000, '3.5万'],
  ['#,##0,"千元"', 35000, '35千元'],
  ['#,##0,', 35000, '35千'],
  ['0.0,,', 35_000_000, '35百万'],
  ['0.00,,"百万"', 35_000_000, '35百万'],
  ['0!.00,,"亿元"', 350_000_000, '3.5亿元'],
  ['0.0,"K"', 3500, '3.5K'],
  ['0.0,,\\M', 3_500_000, '3.5M'],
  ['¥0!.0,"万元"', -35000, '-¥3.5万元'],
  ['[红色]0!.0,"万元";[Red]\\-0!.0,"万元"', -35000, '-3.5万元'],
  ['[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', 350_000_000, '3.5亿'],
  ['[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', 35000, '3.5万'],
  ['[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', 350, '350'],
  ['0.00"万元"', 3.5, '3.5万元'],
  ['General"万元"', 3.5, '3.5万元'],
  ['G/通用格式"亿"', 2, '2亿'],
])('the number of a format that scales, or names a magnitude, comes with its unit: %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
});

it.each([
  ['0,"万元"', 35000, '35万元 (35000)'],
  ['0!.0,"元"', 35000, '3.5元 (35000)'],
  ['0,,"千"', 35_000_000, '35千 (35000000)'],
])('a unit that contradicts its scale makes the figure no number: %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
});

it.each([
  ['0%', 0.12, '12%'],
  ['0.00%', 0.1234, '12.34%'],
  ['0"%"', 12, '12%'],
  ['0%;-0%', -0.5, '-50%'],
])('a percentage is handed on as one: %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
  expect(readBuiltIn(9, 0.07)).toBe('7%');
  expect(readBuiltIn(10, 1)).toBe('100%');
});

it.each([
  ['"$"#,##0.00', 12, '$12'],
  ['[$€-2] #,##0', 12, '€ 12'],
  ['[$¥-411]#,##0', 12, 'JPY 12'],
  ['0"美元"', 12, '12美元'],
])('the amount of a foreign currency comes with its sign: %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
});

it.each([
  ['[=1]"是";[=0]"否";0', 1, '是'],
  ['[=1]"男";"女"', 2, '女'],
  ['"2022年第"0"季度"', 1, '2022年第1季度'],
  ['000000', 123, '000123'],
  ['"0431-"00000000', 5551234, '0431-05551234'],
])('what a format spells out is read as it is seen: %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
});

it.each([
  ['#,##0.00', 1234.5, '1234.5'],
  ['#,##0.00_ ', 1234567, '1234567'],
  ['_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 1200, '1200'],
  ['_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 0, '0'],
  ['_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', 0, '0'],
  ['0.00_);(0.00)', -5, '-5'],
  ['0"人"', 12, '12'],
  ['0.00"元"', 12.5, '12.5'],
  ['0"千克"', 12, '12'],
  ['0.0"m2"', 12, '12'],
  ['0"kg"', 12, '12'],
  ['[DBNum1][$-804]General', 12, '12'],
  ['000-0000-0000', 13800000022, '13800000022'],
  ['# ?/?', 0.5, '0.5'],
  ['0.00E+00', 1500, '1500'],
  ['@', 42, '42'],
  [';;;', 42, '42'],
  ['0.0', 0.30000000000000004, '0.3'],
])('a format that says no more than the number leaves the number: %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
});

it.each([
  ['0', '911620105585906123', '9.11620105585906E+17'],
  ['#,##0', '123456789012345', '1.23456789012345E+14'],
  ['0!.0,"万元"', '350000000000000000', '3.5E+17'],
  ['yyyy-mm-dd', '220102199001011234', '2.20102199001011E+17'],
  ['General', '-1E300', '-1E+300'],
  ['0', '12345678901234', '12345678901234'],
  ['0', '13800000022', '13800000022'],
])('a number of 15 digits and more stands in exponent form, whatever its format: %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
});
