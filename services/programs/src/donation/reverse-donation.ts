import { becauseOf } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import type { ReverseDonation } from './donation.input.ts';
import { Donation } from './donation.ts';
import { countingForChange } from './update-donation.ts';

const negative = (value: number | null | undefined) => (value == null ? null : -value);

/** Takes a donation back by a second row with the opposite figures, of the same day: every total, over any span of days, nets out. */
export async function reverseDonation(context: Context, { id, expectedVersion, reason }: ReverseDonation): Promise<Donation> {
  const { em } = context;
  const donation = await countingForChange(context, id, expectedVersion);
  await becauseOf(em, reason);
  donation.reversed = true;
  // First: of two reversals at once the second then fails by its version, as every change does.
  await em.flush();
  const { divisionCode, donorOrganisation, donorPerson, program, recipient, purpose, kind, donatedOn, valuationMethod } =
    donation;
  const reversal = em.create(Donation, {
    divisionCode,
    donorOrganisation,
    donorPerson,
    program,
    recipient,
    purpose,
    kind,
    donatedOn,
    amount: negative(donation.amount),
    items: donation.items.map(item => ({ ...item, quantity: -item.quantity })),
    valuationAmount: negative(donation.valuationAmount),
    valuationMethod,
    reversalOf: donation,
    reversalReason: reason,
  });
  await em.flush();
  return reversal;
}
