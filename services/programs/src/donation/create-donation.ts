import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention } from '@hub/kit/reference';
import { knownDivision } from '../division/known-division.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { personReference } from '../person/person.ts';
import { Program } from '../program/program.ts';
import { checkGift } from './check-gift.ts';
import type { CreateDonation } from './donation.input.ts';
import { Donation } from './donation.ts';

/** Enters a donation. It belongs to its donor's division and moves with the donor; an anonymous one belongs where it is entered. */
export async function createDonation(context: Context, input: CreateDonation): Promise<Donation> {
  const { em, viewer } = context;
  const { donorOrganisationId, donorPersonId, divisionCode: where, programId, items, valuation, ...details } = input;
  if (viewer.role !== 'COMMITTEE') throw new HubError('FORBIDDEN', 'A committee enters donations.');
  if ([donorOrganisationId, donorPersonId, where].filter(Boolean).length !== 1)
    throw new HubError(
      'INVALID_INPUT',
      'Give one of donorOrganisationId, donorPersonId and, for an anonymous donation, divisionCode.',
    );
  checkGift(input);
  const donorOrganisation = donorOrganisationId ? await mention(context, organisationReference, donorOrganisationId) : undefined;
  const donorPerson = donorPersonId ? await mention(context, personReference, donorPersonId) : undefined;
  if (where) await knownDivision(context, where);
  const program = programId ? await em.findOneOrFail(Program, programId) : undefined;
  const divisionCode = (donorOrganisation ?? donorPerson)?.divisionCode ?? where!;
  const donation = em.create(Donation, {
    ...details,
    donorOrganisation,
    donorPerson,
    divisionCode,
    program,
    items: items?.map(({ description, quantity, unit }) => ({ description, quantity, unit })) ?? [],
    valuationAmount: valuation?.amount,
    valuationMethod: valuation?.method,
    receiptDivision: details.receiptNo ? divisionCode : null,
  });
  await em.flush();
  return donation;
}
