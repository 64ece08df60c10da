import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { rawWorkbook } from '../testing/files.ts';
import { readWorkbook } from './read-workbook.ts';

const first = (file: Buffer) => readWorkbook(file).rows[0]![0]!;
const read = (code: string, value: number) => first(rawWorkbook(`<row><c s="3"><v>${value}</v></c></row>`, { formats: [code] }));
const readBuiltIn = (id: number, value: number) =>
  first(rawWorkbook(`<row><c s="3"><v>${value}</v></c></row>`, { builtIn: [id] }));
const written = (value: string, code = 'yyyy-mm-dd') =>
  first(rawWorkbook(`<row><c t="d" s="3"><v>${value}</v></c></row>`, { formats: [code] }));

it.each([
  ['yyyy"年"m"月"', '2023-03'],
  ['yyyy-mm', '2023-03'],
  ['yyyy/m', '2023-03'],
  ['mmm-yy', '2023-03'],
  ['[$-804]yyyy"年"m"月";@', '2023-03'],
  ['yyyy', '2023'],
  ['yyyy"年"', '2023'],
  ['e', '2023'],
  ['yyyy"年"m"月"d"日"', '2023-03-01'],
  ['yyyy/m/d;@', '2023-03-01'],
  ['[$-F800]dddd, mmmm dd, yyyy', '2023-03-01'],
  ['m"月"d"日"', '2023-03-01'],
  ['[DBNum1][$-804]yyyy"年"m"月"d"日"', '2023-03-01'],
  ['aaaa', '2023-03-01'],
])('a date cell gives as much as it shows: %s is %s', (code, text) => {
  expect(read(code, 44986)).toBe(text);
});

it.each([
  ['h:mm', 0.6041666666666666, '14:30'],
  ['h:mm', 44986.604166666664, '14:30'],
  ['上午/下午h"时"mm"分"', 0.6041666666666666, '14:30'],
  ['yyyy-mm-dd hh:mm', 44986.604166666664, '2023-03-01 14:30'],
  ['yyyy-mm-dd hh:mm', 44986, '2023-03-01'],
  ['yyyy-mm-dd hh:mm', 0.35416666666666669, '08:30'],
  ['yyyy-mm-dd', 44986.604166666664, '2023-03-01'],
  ['[h]:mm', 1.1041666666666667, '26:30'],
  ['[h]:mm', 0.6041666666666666, '14:30'],
  ['[m]', 0.0625, '90'],
  ['yyyy-mm-dd', 1, '1900-01-01'],
  ['yyyy-mm-dd', 59, '1900-02-28'],
  ['yyyy-mm-dd', 61, '1900-03-01'],
  ['yyyy-mm-dd', 0, '1900-01-00'],
  ['yyyy-mm-dd', -3, '-3'],
  ['yyyy-mm-dd', 2958465, '9999-12-31'],
  ['yyyy-mm-dd', 2958466, '2958466'],
])('days and times come as they are seen: %s of %s is %s', (code, value, text) => {
  expect(read(code, value)).toBe(text);
});

it.each([14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58])('built-in format %s is a date', id => {
  expect(readBuiltIn(id, 44986)).toBe('2023-03-01');
});

it.each([17, 27, 36, 50, 52, 57])('built-in format %s is a month', id => {
  expect(readBuiltIn(id, 44986)).toBe('2023-03');
});

it.each([18, 19, 20, 21, 32, 33, 34, 35, 46, 55, 56])('built-in format %s is a time', id => {
  expect(readBuiltIn(id, 0.6041666666666666)).toBe('14:30');
});

it.each([
  ['1', '2023-02-17'],
  ['true', '2023-02-17'],
  ['0', '2019-02-16'],
  ['false', '2019-02-16'],
])('date1904="%s" is a truth value as XML writes it', (flag, text) => {
  const properties = `<workbookPr date1904="${flag}"/>`;
  expect(first(rawWorkbook('<row><c s="1"><v>43512</v></c></row>', { properties }))).toBe(text);
});

const isoCells: [string, string, string][] = [
  ['2023-02-17', 'yyyy-mm-dd', '2023-02-17'],
  ['2023-02-17T00:00:00', 'yyyy-mm-dd', '2023-02-17'],
  ['2023-02-17T14:30:00', 'yyyy-mm-dd hh:mm', '2023-02-17 14:30'],
  ['2023-02-17T23:30:00.000Z', 'yyyy-mm-dd', '2023-02-17'],
  ['2023-02-17T00:30:00+08:00', 'yyyy-mm-dd hh:mm', '2023-02-17 00:30'],
  ['2023-02-17T00:00:00', 'yyyy"年"m"月"', '2023-02'],
  ['14:30:00', 'h:mm', '14:30'],
  ['T08:05', 'h:mm', '08:05'],
  ['14:30:00.500', 'General', '14:30'],
  ['soon', 'yyyy-mm-dd', 'soon'],
];

it.each(isoCells)('a date that is written out, %s, is %3$s', (value, code, text) => {
  expect(written(value, code)).toBe(text);
});

it.each(['Asia/Shanghai', 'America/New_York', 'UTC'])('no date depends on the zone of the server: %s', zone => {
  const files = isoCells.map(([value, code]) =>
    rawWorkbook(`<row><c t="d" s="3"><v>${value}</v></c><c s="1"><v>44986.99</v></c></row>`, { formats: [code] }).toString(
      'base64',
    ),
  );
  const program = `import { readWorkbook } from ${JSON.stringify(new URL('./read-workbook.ts', import.meta.url).href)};
    const rows = JSON.parse(process.argv[1]).map(file => readWorkbook(Buffer.from(file, 'base64')).rows[0]);
    console.log(JSON.stringify({ rows, offset: new Date(0).getTimezoneOffset() }));`;
  const argv = ['--input-type=module', '-e', program, JSON.stringify(files)];
  const { rows, offset } = JSON.parse(execFileSync(process.execPath, argv, { env: { TZ: zone }, encoding: 'utf8' }));
  expect(offset).toBe({ 'Asia/Shanghai': -480, 'America/New_York': 300, UTC: 0 }[zone]);
  expect(rows).toEqual(isoCells.map(([, , text]) => [text, '2023-03-01']));
});
