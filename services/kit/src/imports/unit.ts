/** What a column counts. */
export type Dimension = 'money' | 'people' | 'times' | 'things';

export interface Unit {
  /** Undefined for a bare scale such as 万. */
  dimension?: Dimension[];
  scale: number;
}

const scales: Record<string, number> = {
  '': 1,
  十: 10,
  百: 100,
  千: 1e3,
  万: 1e4,
  十万: 1e5,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  十亿: 1e9,
  百亿: 1e10,
  千亿: 1e11,
  万亿: 1e12,
  w: 1e4,
  k: 1e3,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
};

const bases: Record<string, Dimension[]> = {
  元: ['money'],
  块: ['money'],
  yuan: ['money'],
  cny: ['money'],
  rmb: ['money'],
  人民币: ['money'],
  人: ['people'],
  名: ['people', 'things'],
  位: ['people'],
  人次: ['people', 'times'],
  persons: ['people'],
  people: ['people'],
  次: ['times'],
  times: ['times'],
  个: ['people', 'times', 'things'],
  件: ['things'],
  家: ['things'],
  只: ['things'],
  箱: ['things'],
  盒: ['things'],
  套: ['things'],
  份: ['things'],
  批: ['things'],
  台: ['things'],
};
const longest = Object.keys(bases).sort((one, other) => other.length - one.length);

/** What a message says of the units that are known. */
export const knownUnits: Record<Dimension, string> = {
  money: '元、千元、万元、十万元、百万元、千万元、亿元、CNY、RMB',
  people: '人、万人',
  times: '次、万次、人次',
  things: '个、件、家、万个',
};

const variants: [RegExp, string][] = [
  [/[\s_]/g, ''],
  [/萬/g, '万'],
  [/億/g, '亿'],
  [/仟/g, '千'],
  [/佰/g, '百'],
  [/拾/g, '十'],
  [/[圆圓]/g, '元'],
  [/個/g, '个'],
  [/幣/g, '币'],
  [/單/g, '单'],
  [/計/g, '计'],
  [/貨/g, '货'],
  [/額/g, '额'],
];

/** Reads 万元, 亿, 千 人, RMB 万元, (¥) … in any width and script; undefined for one that is not known, such as 美元. */
export function readUnit(text: string): Unit | undefined {
  let unit = text.normalize('NFKC').toLowerCase();
  for (const [sign, one] of variants) unit = unit.replace(sign, one);
  const named = unit.replace(/^(?:货币|计量|金额)?单位:?/, '');
  const bare = named.replace(/^(?:人民币|rmb|cny|[¥￥])(?=.)|(?<=.)(?:[¥￥]|\(?(?:人民币|rmb|cny)\)?)$/g, '');
  if (/^[¥￥]$/.test(bare)) return { dimension: ['money'], scale: 1 };
  if (Object.hasOwn(scales, bare) && bare !== '')
    return { dimension: bare === named ? undefined : ['money'], scale: scales[bare]! };
  const base = longest.find(each => bare.endsWith(each));
  const scale = base && bare.slice(0, -base.length);
  if (base === undefined || !Object.hasOwn(scales, scale!)) return undefined;
  const isMoney = bases[base]!.includes('money');
  if (bare !== named && !isMoney) return undefined;
  return { dimension: bases[base], scale: scales[scale!]! };
}

/** What the unit that a ledger documents for a column says of the column. */
export const dimensionOf = (documented: string): Dimension => readUnit(documented)!.dimension![0]!;

/** Whether a unit may stand for a column: a bare scale may for any. */
export const fits = (unit: Unit | undefined, dimension: Dimension): unit is Unit =>
  unit !== undefined && (unit.dimension === undefined || unit.dimension.includes(dimension));
