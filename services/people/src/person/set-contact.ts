import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { flush } from '../flush.ts';
import type { SetContact } from './person.input.ts';
import { Person } from './person.ts';

/** Makes a person the one contact of their organisation in place of the former, or ends it. */
export async function setContact({ em }: Context, { id, expectedVersion, isContact }: SetContact): Promise<Person> {
  const person = await forChange(em, Person, id, expectedVersion);
  if (!person.organisation) throw new HubError('NOT_ALLOWED', 'The person belongs to no organisation.');
  if (isContact) {
    const former = await em.find(Person, { organisation: person.organisation.id, isContact: true, id: { $ne: id } });
    for (const each of former) each.isContact = false;
    // One contact at each moment, says the database: the former has to be written first.
    await flush(em);
  }
  person.isContact = isContact;
  await flush(em);
  return person;
}
