import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { besideRows, type Compared } from '@hub/kit/imports/likely-duplicates';
import { type DonationItem, DonationKind } from '../donation/donation.ts';
import type { DonationRow } from './donations.ts';

interface Found {
  anchor: string;
  id: string;
  recipient: string;
  purpose: string | null;
  items: DonationItem[];
  reversed: boolean;
}

/** Goods without a unit are counted in pieces. */
const piece = '件';
const kindWords = { MONEY: '资金', GOODS: '物资', SERVICE: '服务' };

/** Donations of the same donor, day, kind and worth are compared; others never are. */
const anchorOf = ({ values: { organisationId, kind, donatedOn, amount } }: DonationRow) =>
  [organisationId, kind, donatedOn, amount].join('/');

const comparedOf = (recipient: string, purpose: string | null | undefined, items: DonationItem[]): Compared => ({
  受赠方: compareKey(recipient),
  用途: compareKey(purpose ?? ''),
  物资名称: compareKey(items.map(({ description }) => description).join('、')),
  数量: items.map(({ quantity }) => quantity).join('、'),
  单位: compareKey(items.map(({ unit }) => unit).join('、')),
});

/** The goods of a row; nothing else has items. */
export const itemsOf = ({ values: { kind, item, quantity, unit } }: DonationRow): DonationItem[] =>
  kind === DonationKind.GOODS ? [{ description: item!, quantity: quantity!, unit: unit ?? piece }] : [];

export const compared = (row: DonationRow): Compared => comparedOf(row.values.recipient, row.values.purpose, itemsOf(row));

/** Donations of the same donor, day, kind and worth as each row. Reversals themselves are none. */
export const donationsOnFile = ({ em }: Context, rows: readonly DonationRow[]) =>
  besideRows(rows, anchorOf, async part => {
    const anchors = new Map(part);
    const lines = part.map(
      ([
        anchor,
        {
          values: { organisationId, kind, donatedOn, amount },
        },
      ]) => ({
        anchor,
        organisation_id: organisationId,
        kind,
        donated_on: donatedOn,
        worth: amount,
      }),
    );
    const found = await em.execute<Found[]>(
      `select r.anchor, d.id, d.recipient, d.purpose, d.items, d.reversed
       from json_to_recordset(?::json) as r (anchor text, organisation_id uuid, kind text, donated_on date, worth numeric)
       join donation d on d.donor_organisation_id = r.organisation_id and d.kind = r.kind and d.donated_on = r.donated_on
         and coalesce(d.amount, d.valuation_amount) = r.worth and d.reversal_of_id is null
       order by d.reversed desc, d.id`,
      [JSON.stringify(lines)],
    );
    return found.map(({ anchor, id, recipient, purpose, items, reversed }) => {
      const { kind, donatedOn, amount } = anchors.get(anchor)!.values;
      const words = [
        `${donatedOn} ${kindWords[kind]} ${amount}元`,
        recipient,
        purpose ?? '',
        ...items.map(each => each.description),
      ];
      return {
        anchor,
        id,
        text: words.filter(Boolean).join('，'),
        compared: comparedOf(recipient, purpose, items),
        isVoid: reversed,
      };
    });
  });
