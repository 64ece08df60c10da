import { stringify } from 'csv-stringify/sync';
import { type ContentItem } from './content.ts';
import { type Donation } from './donations.ts';
import { fullWidth, writtenDate, writtenDivision, writtenNumber, writtenText } from './handwriting.ts';
import { type CommunitySession } from './sessions.ts';

const csv = (rows: string[][]) => stringify(rows, { record_delimiter: 'windows' });

const donationColumns = ['捐赠企业信用代码', '捐赠日期', '类别', '物资名称', '数量', '单位', '金额(元)', '受赠方', '用途'];

export const donationsCsv = (donations: readonly Donation[]): string =>
  csv([
    donationColumns,
    ...donations.map((donation, row) => [
      writtenText(donation.creditCode, row),
      writtenDate(donation.donatedOn, row),
      donation.kind === 'MONEY' ? '资金' : '物资',
      donation.item ?? '',
      donation.quantity === undefined ? '' : writtenNumber(donation.quantity, row + 1),
      donation.unit ?? '',
      writtenNumber(donation.amount, row),
      donation.recipient,
      donation.purpose,
    ]),
  ]);

const contentColumns = ['标题', '类型', '平台', '账号', '发布单位信用代码', '发布日期', '主题', '阅读量', '转发量', '观测日期'];
const contentKinds = { SHORT_VIDEO: '短视频', POSTER: '海报', RELAY: '转发' } as const;

export const contentCsv = (items: readonly ContentItem[]): string =>
  csv([
    contentColumns,
    ...items.map((item, row) => [
      item.title,
      contentKinds[item.kind],
      item.platform,
      writtenText(item.account, row),
      item.creditCode,
      writtenDate(item.publishedOn, row),
      item.theme,
      writtenNumber(item.reads, row),
      writtenNumber(item.reposts, row + 3),
      item.observedOn,
    ]),
  ]);

const sessionColumns = ['项目名称', '日期', '时间', '社区/地点', '属地', '参加人数', '志愿者人数', '课程主题'];

export const sessionsCsv = (sessions: readonly CommunitySession[]): string =>
  csv([
    sessionColumns,
    ...sessions.map((session, row) => [
      session.program,
      writtenDate(session.date, row),
      row % 25 === 12 ? session.time.replace(/^0/, '') : session.time,
      writtenText(session.venue, row),
      writtenDivision(session.division, row),
      row % 27 === 14 ? fullWidth(String(session.seniors)) : String(session.seniors),
      String(session.volunteers),
      session.topic ?? '',
    ]),
  ]);
