import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { text } from '@hub/kit/imports/cell';
import { wrong } from '@hub/kit/imports/cell-problem';
import { date } from '@hub/kit/imports/date';
import type { Ledger, LedgerRow } from '@hub/kit/imports/ledger';
import { integer } from '@hub/kit/imports/number';
import { codeToFind, type Placed, placeRows } from '@hub/kit/imports/organisations-of-rows';
import { oneOf } from '@hub/kit/imports/words';
import { ContentKind } from '../content-item/content-item.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { applyAccounts } from './apply-accounts.ts';
import { applyItems } from './apply-items.ts';
import { applyObservations } from './apply-observations.ts';
import { contentExplained } from './content-explained.ts';

export interface ContentLine {
  title: string;
  kind: ContentKind;
  platform: string;
  account: string;
  creditCode: string;
  publishedOn: string;
  theme?: string;
  reads?: number;
  reposts?: number;
  observedOn?: string;
}
/** A row, what `check` found for it, and what came of it on the way. */
export type Line = LedgerRow<ContentLine & Placed & { accountId?: string; itemId?: string }>;

async function check(context: Context, rows: Line[]): Promise<void> {
  await placeRows(context, organisationReference, rows, '发布单位信用代码');
  for (const row of rows) {
    const { reads, reposts, observedOn } = row.values;
    if (!observedOn && (reads !== undefined || reposts !== undefined))
      row.refuseCell('观测日期', '', wrong('VALUE_MISSING', { column: '观测日期' }, 'counts'));
  }
}

/** 宣传内容台账: one row is a published item with its counts at a day. */
export const contentLedger: Ledger<ContentLine> = {
  name: 'content',
  title: '宣传内容台账',
  explained: contentExplained,
  columns: {
    title: { header: '标题', required: true, parse: text(300) },
    kind: {
      header: '类型',
      required: true,
      parse: oneOf({
        文章: ContentKind.ARTICLE,
        短视频: ContentKind.SHORT_VIDEO,
        海报: ContentKind.POSTER,
        转发: ContentKind.RELAY,
        ARTICLE: ContentKind.ARTICLE,
        SHORT_VIDEO: ContentKind.SHORT_VIDEO,
        POSTER: ContentKind.POSTER,
        RELAY: ContentKind.RELAY,
      }),
    },
    platform: { header: '平台', required: true, parse: text(50) },
    account: { header: '账号', required: true, parse: text(100) },
    creditCode: { header: '发布单位信用代码', required: true, parse: codeToFind },
    publishedOn: { header: '发布日期', required: true, parse: date },
    theme: { header: '主题', parse: text(100) },
    reads: { header: '阅读量', unit: '次', parse: integer(1e12) },
    reposts: { header: '转发量', unit: '次', parse: integer(1e12) },
    observedOn: { header: '观测日期', parse: date },
  },
  key: ({ platform, account, publishedOn, title }) =>
    JSON.stringify([compareKey(platform), compareKey(account), publishedOn, compareKey(title)]),
  check,
  async apply(context, rows: Line[], { isTrial }) {
    await applyAccounts(context, rows, isTrial);
    await applyItems(
      context,
      rows.filter(({ isGood }) => isGood),
    );
    await applyObservations(
      context,
      rows.filter(({ isGood }) => isGood),
    );
  },
};
