import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { mention } from '@hub/kit/reference';
import { flush } from '../flush.ts';
import { organisationReference } from '../organisation/organisation.ts';
import type { UpdatePerson } from './person.input.ts';
import { Person, RealNameStatus } from './person.ts';

/**
 * Changes a person. Another name has to be verified again. Another organisation takes the person, with memberships and posts, into its
 * slice, and ends being the contact of the former one.
 */
export async function changePerson(
  context: Context,
  { id, expectedVersion, organisationId, ...changes }: UpdatePerson,
): Promise<Person> {
  const { em } = context;
  const person = await forChange(em, Person, id, expectedVersion);
  if (changes.name !== undefined && changes.name !== person.name)
    em.assign(person, { realNameStatus: RealNameStatus.UNVERIFIED, realNameMethod: null, verifiedOn: null });
  if (organisationId !== undefined && organisationId !== (person.organisation?.id ?? null)) {
    const organisation = organisationId ? await mention(context, organisationReference, organisationId) : null;
    em.assign(person, { organisation, isContact: false, ...(organisation && { divisionCode: organisation.divisionCode }) });
  }
  em.assign(person, changes, { ignoreUndefined: true });
  await flush(em);
  return person;
}
