import { apportion } from './apportion.ts';
import { titles } from './content-titles.ts';
import { type Enterprise } from './enterprises.ts';
import { publishedFigures } from './published-figures.ts';
import { type Random, random } from './random.ts';

export type Platform = '微信公众号' | '微博' | '抖音' | '快手' | '今日头条';

export interface ContentItem {
  title: string;
  kind: 'SHORT_VIDEO' | 'POSTER' | 'RELAY';
  platform: Platform;
  account: string;
  creditCode: string;
  publishedOn: string;
  theme: string;
  reads: number;
  reposts: number;
  observedOn: string;
}

export const cityTheme = '长春的四季';
export const epidemicTheme = '疫情防控';

interface Plan {
  theme: string;
  observedOn: string;
  from: string;
  days: number;
  reads: number;
  reposts: number;
  kinds: readonly { kind: ContentItem['kind']; count: number; titles: readonly string[]; platforms: readonly Platform[] }[];
}

const everywhere: readonly Platform[] = ['微信公众号', '微博', '抖音', '快手', '今日头条'];

const plans: readonly Plan[] = [
  {
    theme: cityTheme,
    observedOn: '2022-12-31',
    from: '2022-07-01',
    days: 170,
    reads: 91_268_000,
    reposts: 684_500,
    kinds: [{ kind: 'RELAY', count: 1_086, titles: titles.city, platforms: everywhere }],
  },
  {
    theme: epidemicTheme,
    observedOn: '2022-06-30',
    from: '2022-03-05',
    days: 90,
    reads: publishedFigures.epidemic.reads,
    reposts: publishedFigures.epidemic.reposts,
    kinds: [
      { kind: 'SHORT_VIDEO', count: 56, titles: titles.shortVideo, platforms: ['抖音', '快手'] },
      { kind: 'POSTER', count: 24, titles: titles.poster, platforms: ['微信公众号', '微博'] },
      { kind: 'RELAY', count: 4_120, titles: titles.relay, platforms: everywhere },
    ],
  },
];

const byPublication = (a: { publishedOn: string }, b: { publishedOn: string }) =>
  a.publishedOn < b.publishedOn ? -1 : a.publishedOn > b.publishedOn ? 1 : 0;

function itemsOf(plan: Plan, enterprises: readonly Enterprise[], dice: Random): ContentItem[] {
  const drafts = plan.kinds
    .flatMap(({ count, ...kind }) => Array.from({ length: count }, () => kind))
    .map(({ kind, titles, platforms }) => ({
      subject: dice.pick(titles),
      kind,
      platform: dice.pick(platforms),
      enterprise: dice.pick(enterprises),
      publishedOn: new Date(Date.parse(plan.from) + dice.whole(0, plan.days) * 86_400_000).toISOString().slice(0, 10),
    }))
    .sort(byPublication);

  const series = new Map<string, number>();
  const unread = drafts.map(({ subject, enterprise: { creditCode, shortName: account }, ...draft }) => {
    const number = (series.get(account + subject) ?? 0) + 1;
    series.set(account + subject, number);
    return { ...draft, title: `${subject}（第${number}期）`, account, creditCode };
  });

  // Most items are read little and a few very much; what is read much is reposted much.
  const popularity = unread.map(() => dice.between(0.15, 1) ** 3);
  const reads = apportion(plan.reads, popularity, 20);
  const reposts = apportion(
    plan.reposts,
    popularity.map(weight => weight * dice.between(0.5, 1.5)),
  );
  return unread.map((item, index) => ({
    ...item,
    theme: plan.theme,
    reads: reads[index]!,
    reposts: reposts[index]!,
    observedOn: plan.observedOn,
  }));
}

export function buildContent(enterprises: readonly Enterprise[]): ContentItem[] {
  const dice = random('content');
  return plans.flatMap(plan => itemsOf(plan, enterprises, dice)).sort(byPublication);
}
