import { describe, expect, it } from '@jest/globals';
import { periodEnd, periodFault } from './period.ts';
import { readPeriod } from './read-period.ts';

describe('a period', () => {
  it.each([
    ['2022', '2022'],
    ['2022年', '2022'],
    ['2022年度', '2022'],
    ['２０２２年', '2022'],
    ['2023年上半年', '2023-H1'],
    ['2023上半年', '2023-H1'],
    ['2023下半年', '2023-H2'],
    ['2023-H2', '2023-H2'],
    ['2023年一季度', '2023-Q1'],
    ['2023年第二季度', '2023-Q2'],
    ['2023年3季度', '2023-Q3'],
    ['2023Q4', '2023-Q4'],
    ['2023-q1', '2023-Q1'],
    ['2023.3', '2023-03'],
    ['2023/3', '2023-03'],
    ['2023-03', '2023-03'],
    ['2023.10', '2023-10'],
    ['2023 年 3 月', '2023-03'],
    ['2023年12月份', '2023-12'],
    ['202303', '2023-03'],
    ['2023-03-01', '2023-03'],
    ['2023/3/1', '2023-03'],
    ['44986', '2023-03'],
    ['2023-03-02', undefined],
    ['44987', undefined],
    ['2023.1', undefined],
    ['2023.13', undefined],
    ['2023-Q5', undefined],
    ['2023年五季度', undefined],
    ['上半年', undefined],
    ['22年', undefined],
    ['9'.repeat(9999), undefined],
  ])('written %.12s is %s', (typed, code) => expect(readPeriod(typed).code).toBe(code));

  it('ends on its last day', () => {
    expect(['2023', '2023-H1', '2023-H2', '2023-Q1', '2024-02'].map(periodEnd)).toEqual([
      '2023-12-31',
      '2023-06-30',
      '2023-12-31',
      '2023-03-31',
      '2024-02-29',
    ]);
  });

  it('that may be reported lies between 1949 and today and has ended', () => {
    const fault = (period: string) => periodFault(period, '2023-07-01');
    expect(['1949', '2022', '2023-H1', '2023-Q2', '2023-06'].map(fault)).toEqual(Array(5).fill(undefined));
    expect(['1948', '4498-06', '2025', '2023-13', '2023-H3', ''].map(fault)).toEqual(Array(6).fill('NOT_A_PERIOD'));
    expect(['2023', '2024', '2023-H2', '2023-Q3', '2023-07'].map(fault)).toEqual(Array(5).fill('PERIOD_NOT_ENDED'));
  });
});
