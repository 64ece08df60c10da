import { describe, expect, it } from '@jest/globals';
import { answerOf } from './answer-of.ts';
import { isSpreadsheetError, text } from './cell.ts';
import { short, wrong } from './cell-problem.ts';
import { code, looksDamaged, notDamaged } from './code.ts';
import { isDitto, oneOf, saysNothing, yesNo } from './words.ts';

describe('a word', () => {
  it('is known in any width and case, and by nothing it inherits', () => {
    expect(yesNo('是', 1)).toBe(true);
    expect(yesNo('ＹＥＳ', 1)).toBe(true);
    expect(yesNo(' 否 ', 1)).toBe(false);
    expect(answerOf(() => oneOf({ 单独: 1 })('别的', 1))).toBe('UNKNOWN_WORD');
    expect(answerOf(() => oneOf({ 单独: 1 })('constructor', 1))).toBe('UNKNOWN_WORD');
    expect(answerOf(() => yesNo('', 1))).toBe('UNKNOWN_WORD');
  });

  it.each(['无', '否', '—', '——', '–', '-', '/', '暂无', '没有', 'N/A', 'null', '空', '（无）', 'ｎ／ａ'])(
    '%s says that there is nothing',
    typed => expect(saysNothing(typed)).toBe(true),
  );
  it.each(['无锡支部', '书记', '否决', '0', '是'])('%s says something', typed => expect(saysNothing(typed)).toBe(false));

  it.each(['同上', '〃', '"', '″', '＂', '同左', '(同上)', '（ 同 上 ）', 'Ditto', '〃〃', "''"])(
    '%s points to another cell',
    typed => expect(isDitto(typed)).toBe(true),
  );
  it.each(['同上海', '同', '李同', '"甲"', '上同村'])('%s is a text', typed => expect(isDitto(typed)).toBe(false));
});

describe('a code', () => {
  it.each(['9.11620105585906E+17', '9,11620105585906e+17', '1.38E+10', '９．１Ｅ＋１７', '2E17'])('%s was damaged', typed => {
    expect(answerOf(() => notDamaged(typed))).toBe('CODE_DAMAGED_BY_SPREADSHEET');
    expect(answerOf(() => code(typed, 1))).toBe('CODE_DAMAGED_BY_SPREADSHEET');
  });

  it('is read without blanks, dashes and the sign that makes it a text, in capitals', () => {
    expect(code("'９１２２０１０２ ma00-09501y", 1)).toBe('91220102MA0009501Y');
    expect(notDamaged('13800000000')).toBe('13800000000');
    expect(looksDamaged('912201020000123000')).toBe(true);
    expect(looksDamaged('91220102MA0009501Y')).toBe(false);
  });
});

describe('what is told of a cell', () => {
  it('has a short piece of the value, and none where it is personal', () => {
    const { message, discreet } = wrong('NOT_A_NUMBER', { value: '很'.repeat(100) });
    expect(message).toContain(`"${'很'.repeat(39)}…"`);
    expect(discreet).toBe('"…" is not a number (“…”不是数字).');
    expect(short('短')).toBe('短');
  });

  it('knows the errors of spreadsheets', () => {
    for (const typed of ['#REF!', '#N/A', '#NOVALUE!', '####', '#name?']) expect(isSpreadsheetError(typed)).toBe(true);
    for (const typed of ['#1', '#话题', '1#']) expect(isSpreadsheetError(typed)).toBe(false);
    expect(answerOf(() => text(3)('一二三四', 1))).toBe('TEXT_TOO_LONG');
  });
});
