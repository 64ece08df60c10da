import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention } from '@hub/kit/reference';
import { contains } from '@hub/kit/viewer';
import { branchReference } from '../branch/branch.ts';
import { Campaign, CampaignState } from '../campaign/campaign.ts';
import { mentionPersonOrOrganisation } from '../person-or-organisation/mention-person-or-organisation.ts';
import type { CreateNomination, UpdateNomination } from './nomination.input.ts';
import { Nomination, NominationState } from './nomination.ts';

export function mustBelong(campaign: Campaign, { divisionCode }: { divisionCode: string }): void {
  if (!contains(campaign.divisionCode, divisionCode))
    throw new HubError('NOT_ALLOWED', "The campaign is for its own division and those below; this one's is another.");
}

/** Enters a nomination as a draft, in the slice of its nominee. */
export async function nominate(
  context: Context,
  { campaignId, personId, organisationId, nominatedById, ...input }: CreateNomination,
): Promise<Nomination> {
  const { em, viewer } = context;
  if (viewer.role === 'ORGANISATION' && organisationId !== viewer.organisation)
    throw new HubError('FORBIDDEN', 'A member organisation nominates itself only.');
  const campaign = await em.findOneOrFail(Campaign, campaignId);
  if (campaign.state !== CampaignState.OPEN) throw new HubError('NOT_ALLOWED', 'The campaign is not open.');
  const nominee = await mentionPersonOrOrganisation(context, { personId, organisationId });
  mustBelong(campaign, nominee);
  const nominatedBy = nominatedById ? await mention(context, branchReference, nominatedById) : undefined;
  const nomination = em.create(Nomination, { ...input, ...nominee, campaign, nominatedBy });
  await em.flush();
  return nomination;
}

/** Changes a draft; what was submitted stays as it was. */
export async function updateNomination(
  context: Context,
  { id, expectedVersion, nominatedById, ...changes }: UpdateNomination,
): Promise<Nomination> {
  const { em } = context;
  const nomination = await forChange(em, Nomination, id, expectedVersion);
  if (nomination.state !== NominationState.DRAFT) throw new HubError('NOT_ALLOWED', 'Only a draft may be changed.');
  const nominatedBy = nominatedById ? await mention(context, branchReference, nominatedById) : nominatedById;
  em.assign(nomination, { ...changes, nominatedBy }, { ignoreUndefined: true });
  await em.flush();
  return nomination;
}
