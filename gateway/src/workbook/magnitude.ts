const powers: Record<string, number> = { 十: 1, 百: 2, 千: 3, 万: 4, 萬: 4, 亿: 8, 億: 8, 兆: 12 };
/** 千 and 百 begin other words too: 千克 and 百分 are no thousands and hundreds. */
const chinese = /[十百千万萬亿億兆]+(?![克米瓦帕卡赫升伏焦分字])/u;
const latin: Record<string, number> = { k: 3, thousand: 3, m: 6, mn: 6, million: 6, b: 9, bn: 9, billion: 9 };

/** The power of ten that a unit beside a number stands for, such as 4 for 万元 and 3 for K; undefined where it names none. */
export function magnitude(unit: string): number | undefined {
  const word = chinese.exec(unit)?.[0];
  if (word) return [...word].reduce((sum, sign) => sum + powers[sign]!, 0);
  return latin[unit.trim().toLowerCase()];
}

/** The word for a power of ten, where there is one. */
export const magnitudeWord = (power: number): string | undefined =>
  ({ 3: '千', 4: '万', 5: '十万', 6: '百万', 7: '千万', 8: '亿', 9: '十亿', 12: '万亿' })[power];
