import { describe, expect, it } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { cleanLines, cleanText, compareKey } from './compare-key.ts';

const anyText = string({ unit: 'binary', maxLength: 60 });

describe('a text that is stored', () => {
  it.each([
    ['\u202D13800000022\u202C', '13800000022'],
    ['陈\u200B三\u001C\u001F\u007F\u0085', '陈三'],
    ['\uFEFF张\u00AD三\u2060\u200F', '张三'],
    ['甲\t乙\r\n丙', '甲 乙 丙'],
    ['　测试（集团）　', '测试（集团）'],
    ['ＡＴ＆Ｔ', 'ＡＴ＆Ｔ'],
    ['Cafe\u0301', 'Café'],
    ['a\u0000b\uD800c', 'abc'],
    ['❤\uFE0F', '❤\uFE0F'],
    ['', ''],
  ])('%j is stored as %j', (typed, stored) => expect(cleanText(typed)).toBe(stored));

  it('keeps its lines where it has several', () => {
    expect(cleanLines('\r\n 一  二\u200B \r\n\r\n三\u2028四\n')).toBe('一 二\n\n三\n四');
    expect(cleanLines('  一\t二 ')).toBe('一 二');
  });

  it('is clean once it was cleaned, and holds nothing that PostgreSQL refuses', () => {
    assert(
      property(anyText, text => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean).not.toContain('\0');
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('the key by which texts are compared', () => {
  it.each([
    ['张　三', '张三'],
    ['欧 阳 娜 娜', '欧阳娜娜'],
    ['测试（集团）', '测试(集团)'],
    ['测试 (集团) 公司', '测试（集团）公司'],
    ['ＡＴ＆Ｔ', 'at&t'],
    ['阿不都•买买提', '阿不都·买买提'],
    ['阿不都・买买提', '阿不都‧买买提'],
    ['阿不都．买买提', '阿不都 · 买买提'],
    ['阿不都.买买提', '阿不都∙买买提'],
    ['我来教您用手机（第二期）：扫码！', '我来教您用手机(第二期):扫码!'],
    ['一——二', '一—二'],
    ['“净月”党支部', '"净月"党支部'],
    ['〔2023〕1号', '【2023】1号'],
    ['⻓春⼈', '长春人'],
    ['New   Oriental', 'new oriental'],
    ['第①支部', '第1支部'],
  ])('%s and %s are the same', (one, other) => expect(compareKey(one)).toBe(compareKey(other)));

  it.each([
    ['张三', '张三丰'],
    ['第1支部', '第11支部'],
    ['买买提·艾力', '买买提艾力'],
    ['node.js', 'nodejs'],
    ['1.5', '15'],
    ['甲-乙', '甲乙'],
    ['长春', '長春'],
  ])('%s and %s are two', (one, other) => expect(compareKey(one)).not.toBe(compareKey(other)));

  it('is its own key, whatever is typed', () => {
    assert(
      property(anyText, text => {
        const key = compareKey(text);
        expect(compareKey(key)).toBe(key);
      }),
    );
  });

  it('fits an index, and a long one is as quick', () => {
    expect(Buffer.byteLength(compareKey('\uFDFA'.repeat(10_000)))).toBeLessThan(2_000);
    expect(Buffer.byteLength(compareKey('😀'.repeat(251)))).toBeLessThan(2_000);
    expect(compareKey(`${' · '.repeat(100_000)}张`).length).toBeLessThanOrEqual(500);
  });
});
