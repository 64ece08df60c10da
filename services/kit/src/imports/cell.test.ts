import { describe, expect, it } from '@jest/globals';
import { clean, date, decimal, integer, isSpreadsheetError, oneOf, time, yesNo } from './cell.ts';

const code = (work: () => unknown) => {
  try {
    return work();
  } catch (problem) {
    return (problem as { code: string }).code;
  }
};

describe('a cell', () => {
  it.each([
    ['2023.2.17', '2023-02-17'],
    ['2023年2月17日', '2023-02-17'],
    ['2023/2/17', '2023-02-17'],
    ['2023-02-17', '2023-02-17'],
    ['20230217', '2023-02-17'],
    ['44974', '2023-02-17'],
    ['2023-02-17 00:00', '2023-02-17'],
    ['２０２３．２．１７', '2023-02-17'],
    ['2023.2.30', 'NOT_A_DATE'],
    ['二月', 'NOT_A_DATE'],
    ['2023', 'NOT_A_DATE'],
  ])('%s is the date %s', (typed, expected) => expect(code(() => date(clean(typed), 1))).toBe(expected));

  it.each([
    ['１，２３４', 1, 1234],
    ['1,234.5', 10_000, 12_345_000],
    ['0.1', 10_000, 1000],
    ['12人', 1, 12],
    ['-1', 1, 'OUT_OF_RANGE'],
    ['1e999', 1, 'NOT_A_NUMBER'],
    ['十', 1, 'NOT_A_NUMBER'],
  ])('%s at a scale of %d is the number %s', (typed, scale, expected) =>
    expect(code(() => decimal()(clean(typed), scale))).toBe(expected),
  );

  it('knows whole numbers, times of day and words', () => {
    expect(code(() => integer()('1.5', 1))).toBe('NOT_A_WHOLE_NUMBER');
    expect(time('9:30', 1)).toBe('09:30');
    expect(time('14时', 1)).toBe('14:00');
    expect(code(() => time('25:00', 1))).toBe('NOT_A_TIME');
    expect(yesNo('是', 1)).toBe(true);
    expect(code(() => oneOf({ 单独: 1 })('别的', 1))).toBe('UNKNOWN_WORD');
    expect(code(() => oneOf({ 单独: 1 })('constructor', 1))).toBe('UNKNOWN_WORD');
  });

  it('is cleaned of what nobody sees, and an error of the spreadsheet is known', () => {
    expect(clean('\u3000 ＡＢ１\u200B  2\u00a0')).toBe('AB1 2');
    expect(isSpreadsheetError('#REF!')).toBe(true);
    expect(isSpreadsheetError('#1')).toBe(false);
  });
});
