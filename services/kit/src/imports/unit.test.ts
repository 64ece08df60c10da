import { describe, expect, it } from '@jest/globals';
import { fits, readUnit } from './unit.ts';

describe('a unit', () => {
  it.each([
    ['元', 1],
    ['千元', 1e3],
    ['万', 1e4],
    ['万元', 1e4],
    ['萬元', 1e4],
    ['十万元', 1e5],
    ['百万', 1e6],
    ['百萬元', 1e6],
    ['千万', 1e7],
    ['亿', 1e8],
    ['億圓', 1e8],
    ['人民币万元', 1e4],
    ['万元人民币', 1e4],
    ['ＲＭＢ', 1],
    ['CNY', 1],
    ['￥', 1],
    ['单位：万元', 1e4],
    [' 万 元 ', 1e4],
    ['w', 1e4],
    ['單位:人民幣萬元', 1e4],
  ])('%s is money, times %d', (text, scale) => {
    const unit = readUnit(text);
    expect(unit?.scale).toBe(scale);
    expect(fits(unit, 'money')).toBe(true);
  });

  it.each(['美元', 'USD', '$', '万美元', '欧元', '港币', '日元', '人', '万人', '次', '吨', '元/年', 'constructor', ''])(
    '%s is no unit of money',
    text => expect(fits(readUnit(text), 'money')).toBe(false),
  );

  it('fits what it counts', () => {
    expect(fits(readUnit('万人'), 'people')).toBe(true);
    expect(fits(readUnit('人次'), 'times')).toBe(true);
    expect(fits(readUnit('万次'), 'times')).toBe(true);
    expect(fits(readUnit('万件'), 'things')).toBe(true);
    expect(fits(readUnit('万元'), 'people')).toBe(false);
    expect(fits(readUnit('件'), 'people')).toBe(false);
  });
});
