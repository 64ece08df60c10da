import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { contains } from '@hub/kit/viewer';
import { BranchKind } from '../branch/branch.ts';
import { BranchOrganisation } from '../branch/branch-organisation.ts';
import { knownDivision } from '../division/known-division.ts';
import type { MoveOrganisation } from './organisation.input.ts';
import { Organisation, OrganisationStatus } from './organisation.ts';

/**
 * Moves an organisation to another division. Its figures and, in the other subgraphs, its people, awards and donations follow by
 * `on update cascade`. Its own branch goes along; a joint branch stays with its committee and the organisation leaves it.
 */
export async function moveOrganisation(context: Context, input: MoveOrganisation): Promise<Organisation> {
  const { em, viewer } = context;
  const organisation = await forChange(em, Organisation, input.id, input.expectedVersion);
  if (organisation.status === OrganisationStatus.DISSOLVED)
    throw new HubError('NOT_ALLOWED', 'A dissolved organisation does not move.');
  if (organisation.divisionCode === input.divisionCode)
    throw new HubError('NOT_ALLOWED', 'The organisation is in this division already.');
  await knownDivision(context, input.divisionCode);
  if (viewer.role !== 'COMMITTEE' || !contains(viewer.division, input.divisionCode))
    throw new HubError('FORBIDDEN', 'A move needs a committee that holds both divisions: ask the committee above.');
  await becauseOf(em, `${input.movedOn} ${input.reason}`);
  const links = await em.find(BranchOrganisation, { organisation: organisation.id, leftOn: null }, { populate: ['branch'] });
  for (const link of links) {
    const branch = link.branch.getEntity();
    if (branch.kind === BranchKind.SOLO) branch.divisionCode = input.divisionCode;
    else link.leftOn = input.movedOn;
  }
  organisation.divisionCode = input.divisionCode;
  await em.flush();
  return organisation;
}
