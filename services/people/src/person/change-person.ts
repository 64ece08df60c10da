import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { mention } from '@hub/kit/reference';
import { flush } from '../flush.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { checkedInput } from './checked-input.ts';
import type { UpdatePerson } from './person.input.ts';
import { Person, RealNameStatus } from './person.ts';
import { personName } from './person-name.ts';
import { normalPhone } from './phone.ts';
import { refuseAlike } from './refuse-alike.ts';

/**
 * Changes a person. Another name has to be verified again. Another organisation takes the person, with memberships and posts, into its
 * slice, and ends being the contact of the former one. Whoever may be somebody else on file then is a conflict.
 */
export async function changePerson(
  context: Context,
  { id, expectedVersion, organisationId, confirmNew, ...changes }: UpdatePerson,
): Promise<Person> {
  const { em, viewer } = context;
  if (changes.name != null) changes.name = checkedInput('name', personName, changes.name);
  if (changes.phone) changes.phone = checkedInput('phone', normalPhone, changes.phone);
  const person = await forChange(em, Person, id, expectedVersion);
  const { version } = person;
  const place = person.organisation?.id;
  // Who sees masks only must not learn by what a change does whether the value was there already: each given is a change.
  const isBlind = !viewer.scopes.has('people:personal') && (changes.name !== undefined || changes.phone !== undefined);
  if (changes.name !== undefined && (isBlind || changes.name !== person.name))
    em.assign(person, { realNameStatus: RealNameStatus.UNVERIFIED, realNameMethod: null, verifiedOn: null });
  if (organisationId !== undefined && organisationId !== (person.organisation?.id ?? null)) {
    const organisation = organisationId ? await mention(context, organisationReference, organisationId) : null;
    em.assign(person, { organisation, isContact: false, ...(organisation && { divisionCode: organisation.divisionCode }) });
  }
  const { name, phone } = person;
  em.assign(person, changes, { ignoreUndefined: true });
  const isRenamed = isBlind ? Boolean(changes.name) : name !== person.name || phone !== person.phone;
  if ((isRenamed || place !== person.organisation?.id) && person.name && !confirmNew)
    await refuseAlike(context, {
      ...person,
      phone: person.phone ?? null,
      organisationId: person.organisation?.id ?? null,
    });
  await flush(em);
  if (isBlind && person.version === version) {
    await em.execute('update person set version = version + 1 where id = ?', [id]);
    await em.refresh(person);
  }
  return person;
}
