import { stringify } from 'csv-stringify/sync';
import { checkCharacter } from './credit-code.ts';

const header = [
  '统一社会信用代码',
  '企业名称',
  '属地',
  '行业',
  '是否重点',
  '登记日期',
  '职工人数',
  '年产值(万元)',
  '党组织形式',
  '党支部名称',
  '党员人数',
  '地址',
  '统计期',
];
const districts = [
  '220102',
  '220103',
  '220104',
  '220105',
  '220106',
  '220112',
  '220113',
  '220122',
  '220171',
  '220172',
  '220173',
  '220174',
  '220182',
  '220183',
  '220184',
];
const words = '云星海山川林风雨光电数智联科创新网信达通'.split('');

/** An organisations ledger of many rows, as CSV text; the same for the same number. */
export function manyOrganisations(rows: number, of = districts): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const body = `912201${String(i % 100).padStart(2, '0')}${String(i).padStart(9, '0')}`;
    const word = (n: number) => words[Math.floor(i / n) % words.length];
    const single = i % 2 === 0;
    return [
      body + checkCharacter(body),
      `长春${word(1)}${word(19)}${word(361)}网络科技有限公司`,
      of[i % of.length]!,
      '互联网平台',
      i % 10 ? '否' : '是',
      `20${String(10 + (i % 13)).padStart(2, '0')}-0${1 + (i % 9)}-1${i % 10}`,
      String(5 + (i % 300)),
      String(10 + (i % 5000)),
      single ? '单独' : '无',
      single ? `中共测试第${i}支部` : '',
      String(i % 30),
      `人民大街${i}号`,
      '2022',
    ];
  });
  return stringify([header, ...lines]);
}
