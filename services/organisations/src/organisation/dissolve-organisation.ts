import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { datesInOrder } from '@hub/kit/dates-in-order';
import { HubError } from '@hub/kit/errors';
import { BranchKind } from '../branch/branch.ts';
import { BranchOrganisation } from '../branch/branch-organisation.ts';
import type { DissolveOrganisation } from './organisation.input.ts';
import { Organisation, OrganisationStatus } from './organisation.ts';

/** Ends an organisation: it leaves its joint branches, and a branch of its own ends with it. Nothing is deleted. */
export async function dissolveOrganisation({ em, viewer }: Context, input: DissolveOrganisation): Promise<Organisation> {
  if (viewer.role !== 'COMMITTEE') throw new HubError('FORBIDDEN', 'Only a committee ends an organisation.');
  const organisation = await forChange(em, Organisation, input.id, input.expectedVersion);
  if (organisation.status === OrganisationStatus.DISSOLVED)
    throw new HubError('NOT_ALLOWED', 'The organisation is dissolved already.');
  datesInOrder({ registeredOn: organisation.registeredOn, dissolvedOn: input.dissolvedOn }, 'registeredOn', 'dissolvedOn');
  await becauseOf(em, input.reason);
  const links = await em.find(BranchOrganisation, { organisation: organisation.id, leftOn: null }, { populate: ['branch'] });
  for (const link of links) {
    link.leftOn = input.dissolvedOn;
    const branch = link.branch.getEntity();
    if (branch.kind !== BranchKind.SOLO) continue;
    branch.dissolvedOn = input.dissolvedOn;
    datesInOrder(branch, 'establishedOn', 'dissolvedOn');
  }
  organisation.status = OrganisationStatus.DISSOLVED;
  organisation.dissolvedOn = input.dissolvedOn;
  await em.flush();
  return organisation;
}
