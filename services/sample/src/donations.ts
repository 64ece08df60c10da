import { apportion } from './apportion.ts';
import { type Enterprise } from './enterprises.ts';
import { publishedFigures } from './published-figures.ts';
import { type Random, random } from './random.ts';

export interface Donation {
  creditCode: string;
  donatedOn: string;
  kind: 'MONEY' | 'GOODS';
  item?: string;
  quantity?: number;
  unit?: string;
  /** CNY; of goods their value. */
  amount: number;
  recipient: string;
  purpose: '疫情防控';
}

// Lots are chosen so that every value of goods is a whole number of thousands, and money can fill up to the exact total.
const goods = [
  { item: '医用外科口罩', unit: '只', lot: 500, lotValue: 1_000, lots: [10, 120] },
  { item: 'N95口罩', unit: '只', lot: 100, lotValue: 1_000, lots: [8, 60] },
  { item: '医用防护服', unit: '套', lot: 25, lotValue: 3_000, lots: [6, 40] },
  { item: '消毒液', unit: '桶', lot: 20, lotValue: 1_000, lots: [10, 60] },
  { item: '额温枪', unit: '支', lot: 10, lotValue: 2_000, lots: [3, 30] },
  { item: '一次性医用手套', unit: '盒', lot: 40, lotValue: 1_000, lots: [5, 50] },
  { item: '抗原检测试剂', unit: '份', lot: 200, lotValue: 1_000, lots: [10, 90] },
  { item: '方便食品', unit: '箱', lot: 50, lotValue: 3_000, lots: [4, 30] },
  { item: '蔬菜包', unit: '份', lot: 50, lotValue: 2_000, lots: [10, 60] },
] as const;

const waves = [
  { from: '2020-01-27', days: 80 },
  { from: '2021-01-12', days: 45 },
  { from: '2022-03-04', days: 75 },
] as const;

function dateIn({ from, days }: (typeof waves)[number], dice: Random): string {
  return new Date(Date.parse(from) + dice.whole(0, days) * 86_400_000).toISOString().slice(0, 10);
}

const recipientFor = ({ division }: Enterprise, dice: Random) =>
  dice.pick([
    '长春市红十字会',
    '长春市慈善会',
    `${division.name}红十字会`,
    `${division.name}云杉社区`,
    `${division.name}松果社区`,
  ]);

export function buildDonations(enterprises: readonly Enterprise[]): Donation[] {
  const dice = random('donations');
  const donors = dice.shuffled(enterprises);

  // A donor gives goods at most once and money at most once, so that no two rows could be taken for one.
  const goodsGiven = donors.slice(0, 52).map((donor): Donation => {
    const { item, unit, lot, lotValue, lots } = dice.pick(goods);
    const count = dice.whole(lots[0], lots[1]);
    return {
      creditCode: donor.creditCode,
      donatedOn: dateIn(dice.pick(waves), dice),
      kind: 'GOODS',
      item,
      quantity: count * lot,
      unit,
      amount: count * lotValue,
      recipient: recipientFor(donor, dice),
      purpose: '疫情防控',
    };
  });

  const givers = donors.slice(30, 84);
  const money = publishedFigures.donations - goodsGiven.reduce((all, { amount }) => all + amount, 0);
  const thousands = apportion(
    money / 1_000,
    givers.map(({ employees }) => employees * dice.between(0.3, 2)),
    10,
  );
  const moneyGiven = givers.map(
    (donor, index): Donation => ({
      creditCode: donor.creditCode,
      donatedOn: dateIn(dice.pick(waves), dice),
      kind: 'MONEY',
      amount: thousands[index]! * 1_000,
      recipient: recipientFor(donor, dice),
      purpose: '疫情防控',
    }),
  );
  return [...goodsGiven, ...moneyGiven].sort((a, b) => (a.donatedOn < b.donatedOn ? -1 : a.donatedOn > b.donatedOn ? 1 : 0));
}
