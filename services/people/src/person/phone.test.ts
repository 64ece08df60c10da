import { describe, expect, it } from '@jest/globals';
import { isOnesOwn, normalPhone } from './phone.ts';

const codeOf = (typed: string) => {
  try {
    return normalPhone(typed);
  } catch (problem) {
    return (problem as { code: string }).code;
  }
};

describe('a telephone number', () => {
  it.each([
    ['+86 138 0000 0000', '13800000000'],
    ['0086-13800000000', '13800000000'],
    ['8613800000000', '13800000000'],
    ['＋８６　１３８００００００００', '13800000000'],
    ['１３８－００００－００００', '13800000000'],
    ['138.0000.0000', '13800000000'],
    ['(138)00000000', '13800000000'],
    ['013800000000', '13800000000'],
    ['13800000000.0', '13800000000'],
    ['\u202D13800000000\u202C', '13800000000'],
    ['15400000000', '15400000000'],
    ['0431-88880000', '0431-88880000'],
    ['043188880000', '0431-88880000'],
    ['（0431）8888 0000', '0431-88880000'],
    ['0431—88880000', '0431-88880000'],
    ['+86 431 8888 0000', '0431-88880000'],
    ['+86 (0)431 88880000', '0431-88880000'],
    ['86-0431-88880000', '0431-88880000'],
    ['010 6666 7777', '010-66667777'],
    ['021-66667777', '021-66667777'],
    ['0432-6666777', '0432-6666777'],
    ['0431-88880000转801', '0431-88880000-801'],
    ['0431-88880000-801', '0431-88880000-801'],
    ['(0431) 88880000 ext. 801', '0431-88880000-801'],
    ['043188880000 分机 12', '0431-88880000-12'],
    ['400-800-1234', '4008001234'],
    ['+852 6123 4567', '+85261234567'],
    ['0082 10 1234 5678', '+821012345678'],
    ['+1 (415) 555-2671', '+14155552671'],
  ])('typed as %s is kept as %s', (typed, kept) => {
    expect(normalPhone(typed)).toBe(kept);
    expect(normalPhone(kept)).toBe(kept);
  });

  it.each([
    ['13800000000/13900000000', 'TWO_PHONES'],
    ['13800000000、13900000000', 'TWO_PHONES'],
    ['13800000000 13900000000', 'TWO_PHONES'],
    ['13800000000或0431-88880000', 'TWO_PHONES'],
    ['0431-88880000/1', 'TWO_PHONES'],
    ['1.38E+10', 'CODE_DAMAGED_BY_SPREADSHEET'],
    ['1.38e10', 'CODE_DAMAGED_BY_SPREADSHEET'],
    ['138000000000000', 'CODE_DAMAGED_BY_SPREADSHEET'],
    ['138****1234', 'MASKED_VALUE'],
    ['138＊＊＊＊1234', 'MASKED_VALUE'],
    ['138××××1234', 'MASKED_VALUE'],
    ['138xxxx1234', 'MASKED_VALUE'],
    ['1380000000', 'NOT_A_PHONE'],
    ['138000000000', 'NOT_A_PHONE'],
    ['12800000000', 'NOT_A_PHONE'],
    ['010-6666777', 'NOT_A_PHONE'],
    ['13800000000转801', 'NOT_A_PHONE'],
    ['138-0000', 'NOT_A_PHONE'],
    ['88880000', 'NOT_A_PHONE'],
    ['无', 'NOT_A_PHONE'],
    ['13800000000号码', 'NOT_A_PHONE'],
    ['+0 123 456 789', 'NOT_A_PHONE'],
  ])('typed as %s is refused: %s', (typed, code) => expect(codeOf(typed)).toBe(code));

  it('without its area code is refused with the hint to add it', () => {
    expect(() => normalPhone('88880000')).toThrow(expect.objectContaining({ suggestion: expect.stringContaining('区号') }));
  });

  it('is one person’s own where it is a mobile, and an office’s where it is a landline', () => {
    expect(['13800000000', '+85261234567', '0431-88880000', '4008001234'].map(isOnesOwn)).toEqual([true, true, false, false]);
  });
});
