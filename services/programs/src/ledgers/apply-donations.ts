import { randomUUID } from 'node:crypto';
import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome, type Manner } from '@hub/kit/imports/ledger';
import { type OnFile, sameOnFile } from '@hub/kit/imports/likely-duplicates';
import { DonationKind } from '../donation/donation.ts';
import type { DonationRow } from './donations.ts';
import { compared, donationsOnFile, itemsOf } from './donations-on-file.ts';

const shape =
  '(id uuid, organisation_id uuid, division_code text, kind text, amount numeric, items jsonb, valuation numeric, method text, donated_on date, recipient text, purpose text)';

const recordOf = (row: DonationRow) => {
  const { organisationId, divisionCode, kind, amount, donatedOn, recipient, purpose } = row.values;
  const isMoney = kind === DonationKind.MONEY;
  return {
    id: randomUUID(),
    organisation_id: organisationId,
    division_code: divisionCode,
    kind,
    amount: isMoney ? amount : null,
    items: itemsOf(row),
    valuation: isMoney ? null : amount,
    method: isMoney ? null : '台账',
    donated_on: donatedOn,
    recipient,
    purpose,
  };
};

/** Enters what is not on file. One that was reversed stays reversed, however often the ledger comes. */
export async function applyDonations(context: Context, rows: DonationRow[], manner: Manner): Promise<void> {
  const { em } = context;
  const same = sameOnFile(rows, compared, await donationsOnFile(context, rows), manner);
  await fillPurposes(em, same);
  const fresh = rows.filter(row => row.isGood && !same.has(row));
  for (const row of fresh) row.outcome = ImportOutcome.CREATED;
  for (const part of chunks(fresh))
    await em.execute(
      `insert into donation (id, donor_organisation_id, division_code, kind, amount, items, valuation_amount, valuation_method, donated_on, recipient, purpose)
       select id, organisation_id, division_code, kind, amount, items, valuation, method, donated_on, recipient, purpose from json_to_recordset(?::json) as r ${shape}`,
      [JSON.stringify(part.map(recordOf))],
    );
}

/** A donation on file keeps its figures; what it is for may be told later. */
async function fillPurposes(em: Context['em'], same: Map<DonationRow, OnFile>): Promise<void> {
  const told = [...same].filter(([{ values }, { compared }]) => values.purpose && compared.用途 === '');
  const filled = await em.execute<{ id: string }[]>(
    `update donation d set version = d.version + 1, purpose = r.purpose from json_to_recordset(?::json) as r (id uuid, purpose text)
     where d.id = r.id and d.purpose is null returning d.id`,
    [JSON.stringify(told.map(([{ values }, { id }]) => ({ id, purpose: values.purpose })))],
  );
  const isFilled = new Set(filled.map(({ id }) => id));
  for (const [row, { id }] of same) row.outcome = isFilled.has(id) ? ImportOutcome.UPDATED : ImportOutcome.UNCHANGED;
}
