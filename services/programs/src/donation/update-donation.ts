import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { ownForChange } from '../division/own-for-change.ts';
import { Program } from '../program/program.ts';
import type { UpdateDonation } from './donation.input.ts';
import { Donation } from './donation.ts';

/** A donation that counts: neither reversed nor itself a reversal. Both of a pair stay as they are, so that they always net out. */
export async function countingForChange(context: Context, id: string, expectedVersion: number): Promise<Donation> {
  const donation = await ownForChange(context, Donation, id, expectedVersion);
  if (donation.reversalOf) throw new HubError('NOT_ALLOWED', 'This is a reversal; it stays as it is.');
  if (donation.reversed) throw new HubError('NOT_ALLOWED', 'The donation was reversed: enter a new one.');
  return donation;
}

/** Changes what is not a figure: program, purpose, receipt, consent to be named. */
export async function updateDonation(context: Context, input: UpdateDonation): Promise<Donation> {
  const { em } = context;
  const { id, expectedVersion, programId, ...changes } = input;
  const donation = await countingForChange(context, id, expectedVersion);
  const program = programId ? await em.findOneOrFail(Program, programId) : programId;
  const receiptDivision = changes.receiptNo ? donation.divisionCode : changes.receiptNo;
  em.assign(donation, { ...changes, program, receiptDivision }, { ignoreUndefined: true });
  await em.flush();
  return donation;
}
