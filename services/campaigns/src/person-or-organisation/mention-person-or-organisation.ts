import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention } from '@hub/kit/reference';
import { organisationReference } from '../organisation/organisation.ts';
import { personReference } from '../person/person.ts';

interface Named {
  personId?: string | null;
  organisationId?: string | null;
}

/** Makes known here the person or the organisation an input names, with the division the row takes from it. */
export async function mentionPersonOrOrganisation(context: Context, { personId, organisationId }: Named) {
  if (Boolean(personId) === Boolean(organisationId))
    throw new HubError('INVALID_INPUT', 'Give either personId or organisationId.');
  if (personId) {
    const person = await mention(context, personReference, personId);
    return { person, divisionCode: person.divisionCode };
  }
  const organisation = await mention(context, organisationReference, organisationId!);
  return { organisation, divisionCode: organisation.divisionCode };
}
