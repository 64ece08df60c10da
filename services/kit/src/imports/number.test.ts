import { describe, expect, it } from '@jest/globals';
import { assert, double, property, string, integer as whole } from 'fast-check';
import { answerOf } from './answer-of.ts';
import type { CellProblem } from './cell-problem.ts';
import { decimal, integer } from './number.ts';

const money = { dimension: 'money', isStated: false } as const;
const stated = { dimension: 'money', isStated: true } as const;
const people = { dimension: 'people', isStated: false } as const;

describe('a cell of a number', () => {
  it.each([
    ['１，２３４', 1, 1234],
    ['1,234.5', 10_000, 12_345_000],
    ['1,2345,6789', 1, 123_456_789],
    ["1'234'567", 1, 1_234_567],
    ['1 234', 1, 1234],
    ['0.1', 10_000, 1000],
    ['0.1', 3, 0.3],
    ['.5', 1, 0.5],
    ['1.2E+5', 1, 120_000],
    ['9.11E-3', 1, 0.009_11],
    ['+7', 1, 7],
    ['007', 1, 7],
  ])('%s at a scale of %d is %s', (typed, scale, expected) =>
    expect(answerOf(() => decimal()(typed, scale, money))).toBe(expected),
  );

  it.each([
    '人',
    '12,5',
    '0x10',
    '1.234,56',
    '1e999',
    '十',
    '二十三',
    '〇',
    '',
    '1,23,456',
    '12,',
    '5.',
    '1.2.3',
    '--1',
    '50-60',
    'NaN',
    'Infinity',
    '12abc',
    '5-',
    '甲',
  ])('%j is not a number', typed => expect(answerOf(() => decimal()(typed, 1, people))).toBe('NOT_A_NUMBER'));

  it.each(['-1', '－1', '−5', '-0.5'])('%s is below nought', typed =>
    expect(answerOf(() => decimal()(typed, 1, people))).toBe('OUT_OF_RANGE'),
  );

  it.each([
    ['约50', '确切'],
    ['50余人', '确切'],
    ['50多', '确切'],
    ['50以上', '确切'],
    ['>50', '确切'],
    ['一百二十', '阿拉伯'],
    ['12%', '百分比'],
    ['５０％', '百分比'],
    ['50~60人', '范围'],
  ])('%s is refused with what to do', (typed, hint) => {
    expect(() => integer()(typed, 1, people)).toThrow('is not a number');
    let suggestion = '';
    try {
      integer()(typed, 1, people);
    } catch (problem) {
      suggestion = (problem as CellProblem).suggestion;
    }
    expect(suggestion).toContain(hint);
  });

  it('has a unit of its own only where the header has none that scales, or has the very same', () => {
    expect(decimal()('3.5万元', 1, stated)).toBe(35_000);
    expect(decimal()('3.5万元', 10_000, money)).toBe(35_000);
    expect(decimal()('3.5 亿', 1, money)).toBe(350_000_000);
    expect(decimal()('1,200元', 1, stated)).toBe(1200);
    expect(decimal()('￥1,200.00', 1, money)).toBe(1200);
    expect(decimal()('RMB 12萬元', 1, money)).toBe(120_000);
    expect(integer()('12人', 1, people)).toBe(12);
    expect(integer()('１２名', 1, people)).toBe(12);
    expect(integer()('1.2万人', 1, people)).toBe(12_000);
    for (const typed of ['3.5万元', '3.5 萬元', '３．５万', '￥3.5万']) expect(decimal()(typed, 10_000, stated)).toBe(35_000);
    expect(decimal()('3.5亿元', 1e8, stated)).toBe(350_000_000);
    expect(integer()('1.2万人', 10_000, { ...people, isStated: true })).toBe(12_000);
    for (const typed of ['3千元', '3.5元', '3.5亿', '￥3', '3.5万人', '3.5万美元'])
      expect(answerOf(() => decimal()(typed, 10_000, stated))).toBe('UNIT_DIFFERS');
    for (const typed of ['3.5万元', '3.5元']) expect(answerOf(() => decimal()(typed, 1000, stated))).toBe('UNIT_DIFFERS');
    for (const typed of ['5美元', '5USD', '5港币', '12人', '3打'])
      expect(answerOf(() => decimal()(typed, 1, money))).toBe('UNIT_DIFFERS');
    for (const typed of ['12元', '￥12', '12年']) expect(answerOf(() => integer()(typed, 1, people))).toBe('UNIT_DIFFERS');
    expect(answerOf(() => integer()('1985年', 1))).toBe('UNIT_DIFFERS');
  });

  it('of persons is whole', () => {
    expect(answerOf(() => integer()('1.5', 1, people))).toBe('NOT_A_WHOLE_NUMBER');
    expect(integer()('1.5', 10_000, people)).toBe(15_000);
    expect(integer()('12.0', 1, people)).toBe(12);
    expect(answerOf(() => integer(100)('101', 1))).toBe('OUT_OF_RANGE');
  });

  it('comes out as it went in, grouped or not, and anything else is refused by code', () => {
    assert(
      property(double({ min: 0, max: 1e12, noNaN: true }), whole({ min: 0, max: 1e9 }), (fraction, n) => {
        const rounded = Number(fraction.toFixed(2));
        expect(decimal()(rounded.toFixed(2), 1)).toBe(rounded);
        expect(decimal()(n.toLocaleString('en'), 1)).toBe(n);
      }),
    );
    assert(property(string({ unit: 'binary', maxLength: 80 }), text => void answerOf(() => decimal()(text, 1, money))));
    expect(answerOf(() => decimal()(`${'多'.repeat(30_000)}1`, 1))).toBe('NOT_A_NUMBER');
  });
});
