import type { Context } from '@hub/kit/context';
import { text } from '@hub/kit/imports/cell';
import { wrong } from '@hub/kit/imports/cell-problem';
import { date } from '@hub/kit/imports/date';
import { type Decision, decisionColumn } from '@hub/kit/imports/decision';
import type { Ledger, LedgerRow } from '@hub/kit/imports/ledger';
import { decimal } from '@hub/kit/imports/number';
import { codeToFind, type Placed, placeRows } from '@hub/kit/imports/organisations-of-rows';
import { oneOf } from '@hub/kit/imports/words';
import { DonationKind } from '../donation/donation.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { applyDonations } from './apply-donations.ts';
import { donationsExplained } from './donations-explained.ts';

export interface DonationLine {
  creditCode: string;
  donatedOn: string;
  kind: DonationKind;
  item?: string;
  quantity?: number;
  unit?: string;
  amount: number;
  recipient: string;
  purpose?: string;
  decision?: Decision;
}
/** A row and what `check` found for it. */
export type DonationRow = LedgerRow<DonationLine & Placed>;

async function check(context: Context, rows: DonationRow[]): Promise<void> {
  await placeRows(context, organisationReference, rows, '捐赠企业信用代码');
  for (const row of rows) {
    const { kind, item, quantity } = row.values;
    if (kind === DonationKind.GOODS && (!item || quantity === undefined))
      row.refuseCell(item ? '数量' : '物资名称', '', wrong('VALUE_MISSING', { column: item ? '数量' : '物资名称' }, 'goods'));
  }
}

/** 捐赠台账: one row is a donation of an organisation. A donation on file is never changed; corrections are reversals. */
export const donationsLedger: Ledger<DonationLine> = {
  name: 'donations',
  title: '捐赠台账',
  explained: donationsExplained,
  columns: {
    creditCode: { header: '捐赠企业信用代码', required: true, parse: codeToFind },
    donatedOn: { header: '捐赠日期', required: true, parse: date },
    kind: {
      header: '类别',
      required: true,
      parse: oneOf({
        资金: DonationKind.MONEY,
        物资: DonationKind.GOODS,
        服务: DonationKind.SERVICE,
        MONEY: DonationKind.MONEY,
        GOODS: DonationKind.GOODS,
        SERVICE: DonationKind.SERVICE,
      }),
    },
    item: { header: '物资名称', parse: text(200) },
    quantity: { header: '数量', unit: '件', parse: decimal() },
    unit: { header: '单位', parse: text(20) },
    amount: { header: '金额', unit: '元', required: true, parse: decimal(1e13) },
    recipient: { header: '受赠方', required: true, parse: text(200) },
    purpose: { header: '用途', parse: text(500) },
    decision: decisionColumn,
  },
  key: ({ decision: _, ...values }) => JSON.stringify(values),
  check,
  apply: applyDonations,
};
