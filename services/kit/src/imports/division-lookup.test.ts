import { describe, expect, it } from '@jest/globals';
import type { Viewer } from '../viewer.ts';
import { answerOf } from './answer-of.ts';
import { divisionLookup } from './division-lookup.ts';

const known = [
  ['220000', '吉林省'],
  ['220100', '长春市'],
  ['220102', '南关区'],
  ['220104', '朝阳区'],
  ['220171', '长春经济技术开发区'],
  ['220182', '榆树市'],
  ['222400', '延边朝鲜族自治州'],
  ['222424', '汪清县'],
  ['110000', '北京市'],
  ['110100', '市辖区'],
  ['110105', '朝阳区'],
].map(([code, name]) => ({ code: code!, name: name! }));
const lookup = (division: string) =>
  divisionLookup({ division, actor: 'a', role: 'COMMITTEE', scopes: new Set() } as Viewer, known);

describe('a division', () => {
  it.each([
    '220102',
    '２２０１０２',
    '220102000000',
    '220102000',
    '220102.0',
    '南关区',
    '南关',
    '长春市南关区',
    '长春南关',
    '吉林省长春市南关区',
    '吉林长春南关区',
    '吉林省南关区',
    '吉林省/长春市/南关区',
    '吉林省 长春市 南关区',
    '长春市　南关区',
    '长春市-南关区',
    '南关区（220102）',
    '220102 南关区',
    '220102长春市南关区',
  ])('may be written %s', typed => {
    expect(lookup('220100')(typed)).toBe('220102');
    expect(lookup('220102')(typed)).toBe('220102');
  });

  it('is found by its own names at every level', () => {
    expect(lookup('220000')('延边')).toBe('222400');
    expect(lookup('220000')('吉林省延边朝鲜族自治州汪清县')).toBe('222424');
    expect(lookup('220100')('榆树')).toBe('220182');
    expect(lookup('220100')('吉林省长春市')).toBe('220100');
    expect(lookup('220100')('长春经济技术开发区')).toBe('220171');
    expect(lookup('000000')('北京市朝阳区')).toBe('110105');
    expect(lookup('000000')('吉林省长春市朝阳区')).toBe('220104');
  });

  it('that may be two, is elsewhere or nowhere is refused', () => {
    expect(answerOf(() => lookup('000000')('朝阳区'))).toBe('AMBIGUOUS_DIVISION');
    expect(answerOf(() => lookup('220100')('220104 南关区'))).toBe('AMBIGUOUS_DIVISION');
    expect(answerOf(() => lookup('220102')('220104'))).toBe('OUTSIDE_SLICE');
    expect(answerOf(() => lookup('220102')('长春市朝阳区'))).toBe('UNKNOWN_DIVISION');
    expect(answerOf(() => lookup('220102')('长春市'))).toBe('UNKNOWN_DIVISION');
    expect(answerOf(() => lookup('220100')('北京市南关区'))).toBe('UNKNOWN_DIVISION');
    expect(answerOf(() => lookup('220100')('220102001000'))).toBe('UNKNOWN_DIVISION');
    expect(answerOf(() => lookup('220100')(''))).toBe('UNKNOWN_DIVISION');
  });
});
