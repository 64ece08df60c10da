import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention } from '@hub/kit/reference';
import { knownDivision } from '../division/known-division.ts';
import { flush } from '../flush.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { checkedInput } from './checked-input.ts';
import { identityHash } from './identity-number.ts';
import type { CreatePerson } from './person.input.ts';
import { Person } from './person.ts';
import { personName } from './person-name.ts';
import { normalPhone } from './phone.ts';
import { refuseAlike } from './refuse-alike.ts';

/** Enters a person in the slice of their organisation, or of a division where they have none, unless somebody on file may be the same. */
export async function enterPerson(
  context: Context,
  { organisationId, divisionCode, identityNumber, confirmNew, ...details }: CreatePerson,
): Promise<Person> {
  if (Boolean(organisationId) === Boolean(divisionCode))
    throw new HubError('INVALID_INPUT', 'Give either organisationId or divisionCode (企业与属地二选一).');
  const name = checkedInput('name', personName, details.name);
  const phone = details.phone ? checkedInput('phone', normalPhone, details.phone) : null;
  const hash = identityNumber ? identityHash(identityNumber) : null;
  const organisation = organisationId ? await mention(context, organisationReference, organisationId) : null;
  const intended = {
    ...details,
    name,
    phone,
    identityHash: hash,
    divisionCode: organisation ? organisation.divisionCode : await knownDivision(context, divisionCode!),
  };
  if (!confirmNew) await refuseAlike(context, { ...intended, organisationId: organisation?.id ?? null });
  const person = context.em.create(Person, { ...intended, organisation });
  await flush(context.em);
  return person;
}
