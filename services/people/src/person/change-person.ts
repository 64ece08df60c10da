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
  const { em, viewer } = context;
  const person = await forChange(em, Person, id, expectedVersion);
  const { version } = person;
  // Who sees masks only must not learn by what a change does whether the value was there already: each given is a change.
  const isBlind = !viewer.scopes.has('people:personal') && (changes.name !== undefined || changes.phone !== undefined);
  if (changes.name !== undefined && (isBlind || changes.name !== person.name))
    em.assign(person, { realNameStatus: RealNameStatus.UNVERIFIED, realNameMethod: null, verifiedOn: null });
  if (organisationId !== undefined && organisationId !== (person.organisation?.id ?? null)) {
    const organisation = organisationId ? await mention(context, organisationReference, organisationId) : null;
    em.assign(person, { organisation, isContact: false, ...(organisation && { divisionCode: organisation.divisionCode }) });
  }
  em.assign(person, changes, { ignoreUndefined: true });
  await flush(em);
  if (isBlind && person.version === version) {
    await em.execute('update person set version = version + 1 where id = ?', [id]);
    await em.refresh(person);
  }
  return person;
}
