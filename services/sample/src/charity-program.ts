import { city } from './city.ts';
import { inventedCreditCode } from './credit-code.ts';

export interface Body {
  creditCode: string;
  legalName: string;
  kind: 'SOCIAL_ORGANISATION' | 'CHARITY';
  division: string;
}

export interface Lesson {
  topic: 'SCAN_CODE' | 'PAYMENT' | 'MAPS';
  title: string;
  url: string;
  seconds: number;
  publishedOn: string;
}

export interface CharityProgram {
  name: string;
  summary: string;
  targetGroup: string;
  startsOn: string;
  endsOn: string;
  division: string;
  /** Credit codes. */
  lead: string;
  partners: string[];
  lessonSeries: string;
  lessons: Lesson[];
}

export const federation: Body = {
  creditCode: inventedCreditCode('51', city.code, 101),
  legalName: '长春市互联网业联合会',
  kind: 'SOCIAL_ORGANISATION',
  division: city.code,
};

export const partner: Body = {
  creditCode: inventedCreditCode('53', city.code, 202),
  legalName: '贝壳公益',
  kind: 'CHARITY',
  division: city.code,
};

const lessonsOf = (topic: Lesson['topic'], path: string, from: string, titles: readonly string[]): Lesson[] =>
  titles.map((title, index) => ({
    topic,
    title,
    // example.org is reserved: the mini-program has no public address, and an invented one must not lead anywhere.
    url: `https://example.org/shanbei/${path}/${index + 1}`,
    seconds: 240 + ((index * 97 + title.length * 13) % 300),
    publishedOn: new Date(Date.parse(from) + index * 7 * 86_400_000).toISOString().slice(0, 10),
  }));

export const charityProgram: CharityProgram = {
  name: '我来教您用手机',
  summary: '联合会与贝壳公益合作：“善贝行动”小程序线上课，社区课堂定期培训，日常辅导，倾听并解决老人诉求。',
  targetGroup: '社区老年人',
  startsOn: '2022-09-01',
  endsOn: '2023-06-30',
  division: city.code,
  lead: federation.creditCode,
  partners: [partner.creditCode],
  lessonSeries: '善贝行动',
  lessons: [
    ...lessonsOf('SCAN_CODE', 'scan-code', '2022-09-01', [
      '认识二维码',
      '扫码乘公交',
      '扫码点餐',
      '扫码添加好友',
      '当心陌生二维码',
    ]),
    ...lessonsOf('PAYMENT', 'payment', '2022-09-03', ['打开手机支付', '买菜付款', '查看账单', '线上缴水电费', '识别支付诈骗']),
    ...lessonsOf('MAPS', 'maps', '2022-09-05', ['打开地图', '查公交路线', '找最近的医院', '手机叫车']),
  ],
};
