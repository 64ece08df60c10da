import { describe, expect, it } from '@jest/globals';
import { answerOf } from './answer-of.ts';
import type { CellProblem } from './cell-problem.ts';
import { date, plannedDate } from './date.ts';
import { time } from './time.ts';

describe('a cell of a date', () => {
  it.each([
    ['2023.2.17', '2023-02-17'],
    ['2023年2月17日', '2023-02-17'],
    ['2023年2月17号', '2023-02-17'],
    ['2023 年 2 月 17 日', '2023-02-17'],
    ['2023/2/17', '2023-02-17'],
    ['2023-02-17', '2023-02-17'],
    ['20230217', '2023-02-17'],
    ['44974', '2023-02-17'],
    ['2023-02-17 00:00', '2023-02-17'],
    ['2023-02-17 14:30:00', '2023-02-17'],
    ['2023-02-17T14:30:00.000Z', '2023-02-17'],
    ['2023/2/17 2:30 PM', '2023-02-17'],
    ['2023年2月17日 星期五', '2023-02-17'],
    ['2023-02-17（周五）', '2023-02-17'],
    ['２０２３．２．１７', '2023-02-17'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is the date %s', (typed, expected) => expect(answerOf(() => date(typed, 1))).toBe(expected));

  it.each([
    ['2023.2.30', 'NOT_A_DATE', '2023-02-17'],
    ['2023-02-29', 'NOT_A_DATE', ''],
    ['二月', 'NOT_A_DATE', ''],
    ['2023', 'NOT_A_DATE', ''],
    ['2023.2', 'NOT_A_DATE', '缺少日'],
    ['2023年2月', 'NOT_A_DATE', '缺少日'],
    ['23.2.17', 'NOT_A_DATE', '四位'],
    ['17/02/2023', 'NOT_A_DATE', '次序不明'],
    ['02-17-2023', 'NOT_A_DATE', '次序不明'],
    ['二〇二三年二月十七日', 'NOT_A_DATE', ''],
    ['12345', 'NOT_A_DATE', ''],
    ['99999', 'NOT_A_DATE', ''],
    ['1023-02-17', 'DATE_TOO_EARLY', '年份'],
    ['1899-12-31', 'DATE_TOO_EARLY', '年份'],
    ['2123-02-17', 'DATE_IN_FUTURE', '日期'],
    ['1'.repeat(20_000), 'NOT_A_DATE', ''],
  ])('%.20s is refused as %s', (typed, code, hint) => {
    expect(answerOf(() => date(typed, 1))).toBe(code);
    try {
      date(typed, 1);
    } catch (problem) {
      expect((problem as CellProblem).suggestion).toContain(hint);
      expect((problem as CellProblem).message.length).toBeLessThan(200);
    }
  });

  it('of a plan may come, within ten years', () => {
    const next = new Date().getFullYear() + 1;
    expect(plannedDate(`${next}-05-01`, 1)).toBe(`${next}-05-01`);
    expect(answerOf(() => plannedDate('2123-05-01', 1))).toBe('DATE_IN_FUTURE');
  });
});

describe('a cell of a time', () => {
  it.each([
    ['9:30', '09:30'],
    ['14：30', '14:30'],
    ['１４：３０', '14:30'],
    ['14:30:00', '14:30'],
    ['14时', '14:00'],
    ['14时30分', '14:30'],
    ['14点半', '14:30'],
    ['下午2:30', '14:30'],
    ['下午2点一刻', '14:15'],
    ['上午9点', '09:00'],
    ['中午12点', '12:00'],
    ['晚上7点半', '19:30'],
    ['2:30 PM', '14:30'],
    ['12:05 am', '00:05'],
    ['2023-02-17 14:30', '14:30'],
    ['0.604166666666667', '14:30'],
    ['25:00', 'NOT_A_TIME'],
    ['24:00', 'NOT_A_TIME'],
    ['9:60', 'NOT_A_TIME'],
    ['9', 'NOT_A_TIME'],
    ['上午14点', 'NOT_A_TIME'],
    ['9:00-11:00', 'NOT_A_TIME'],
    ['午后', 'NOT_A_TIME'],
  ])('%s is %s', (typed, expected) => expect(answerOf(() => time(typed, 1))).toBe(expected));
});
