import { randomUUID } from 'node:crypto';
import type { Context } from '@hub/kit/context';
import { date, decimal, oneOf, text } from '@hub/kit/imports/cell';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome, type Ledger, type LedgerRow } from '@hub/kit/imports/ledger';
import { codeToFind, type Placed, placeRows } from '@hub/kit/imports/organisations-of-rows';
import { DonationKind } from '../donation/donation.ts';
import { organisationReference } from '../organisation/organisation.ts';

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
}
type Line = LedgerRow<DonationLine & Placed>;

async function check(context: Context, rows: Line[]): Promise<void> {
  await placeRows(context, organisationReference, rows, '捐赠企业信用代码');
  for (const row of rows) {
    const { kind, item, quantity } = row.values;
    if (kind === DonationKind.GOODS && (!item || quantity === undefined))
      row.refuse({
        code: 'VALUE_MISSING',
        column: item ? '数量' : '物资名称',
        message: 'Goods need what and how much.',
        suggestion: '填写物资名称、数量、单位 / fill in item, quantity, unit',
      });
  }
}

const shape =
  '(id uuid, organisation_id uuid, division_code text, kind text, amount numeric, items jsonb, valuation numeric, method text, donated_on date, recipient text, purpose text)';

/** Two donations are the same when everything the ledger says of them is. */
const same = `d.donor_organisation_id = r.organisation_id and d.kind = r.kind and d.donated_on = r.donated_on and d.recipient = r.recipient
  and d.purpose is not distinct from r.purpose and d.amount is not distinct from r.amount and d.valuation_amount is not distinct from r.valuation
  and d.items = r.items and not d.reversed and d.reversal_of_id is null`;

async function apply({ em }: Context, rows: Line[]): Promise<void> {
  for (const part of chunks(rows)) {
    const lines = part.map(({ values }) => {
      const { organisationId, divisionCode, kind, item, quantity, unit, amount, donatedOn, recipient, purpose } = values;
      const money = kind === DonationKind.MONEY;
      return {
        id: randomUUID(),
        organisation_id: organisationId,
        division_code: divisionCode,
        kind,
        amount: money ? amount : null,
        items: kind === DonationKind.GOODS ? [{ description: item, quantity, unit: unit ?? '件' }] : [],
        valuation: money ? null : amount,
        method: money ? null : '台账',
        donated_on: donatedOn,
        recipient,
        purpose,
      };
    });
    const created = await em.execute<{ id: string }[]>(
      `insert into donation (id, donor_organisation_id, division_code, kind, amount, items, valuation_amount, valuation_method, donated_on, recipient, purpose)
       select id, organisation_id, division_code, kind, amount, items, valuation, method, donated_on, recipient, purpose from json_to_recordset(?::json) as r ${shape}
       where not exists (select from donation d where ${same}) returning id`,
      [JSON.stringify(lines)],
    );
    const isNew = new Set(created.map(({ id }) => id));
    for (const [i, row] of part.entries())
      row.outcome = isNew.has(lines[i]!.id) ? ImportOutcome.CREATED : ImportOutcome.UNCHANGED;
  }
}

/** 捐赠台账: one row is a donation of an organisation. A donation on file is never changed; corrections are reversals. */
export const donationsLedger: Ledger<DonationLine> = {
  name: 'donations',
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
    quantity: { header: '数量', parse: decimal() },
    unit: { header: '单位', parse: text(20) },
    amount: { header: '金额', unit: '元', required: true, parse: decimal(1e13) },
    recipient: { header: '受赠方', required: true, parse: text(200) },
    purpose: { header: '用途', parse: text(500) },
  },
  key: values => JSON.stringify(values),
  check,
  apply,
};
