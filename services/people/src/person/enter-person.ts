import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention } from '@hub/kit/reference';
import { knownDivision } from '../division/known-division.ts';
import { flush } from '../flush.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { identityHash } from './identity-number.ts';
import type { CreatePerson } from './person.input.ts';
import { Person } from './person.ts';

/** Enters a person in the slice of their organisation, or of a division where they have none. */
export async function enterPerson(
  context: Context,
  { organisationId, divisionCode, identityNumber, ...details }: CreatePerson,
): Promise<Person> {
  if (Boolean(organisationId) === Boolean(divisionCode))
    throw new HubError('INVALID_INPUT', 'Give either organisationId or divisionCode (企业与属地二选一).');
  const hash = identityNumber ? identityHash(identityNumber) : null;
  const organisation = organisationId ? await mention(context, organisationReference, organisationId) : null;
  const person = context.em.create(Person, {
    ...details,
    organisation,
    identityHash: hash,
    divisionCode: organisation ? organisation.divisionCode : await knownDivision(context, divisionCode!),
  });
  await flush(context.em);
  return person;
}
