import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { Campaign, CampaignState } from '../campaign/campaign.ts';
import { mustKeep } from '../division/keeper.ts';
import { mustBelong } from '../nomination/nominate.ts';
import { Nomination } from '../nomination/nomination.ts';
import { NominationAction } from '../nomination/nomination-states.ts';
import { takeStep } from '../nomination/take-step.ts';
import { mentionPersonOrOrganisation } from '../person-or-organisation/mention-person-or-organisation.ts';
import type { ConferAward, RevokeAward, UpdateAward } from './award.input.ts';
import { Award } from './award.ts';

/** The campaign, the recipient and its division, from the nomination or as named. */
async function occasion(context: Context, { nominationId, campaignId, personId, organisationId }: Partial<ConferAward>) {
  const { em, viewer } = context;
  if (nominationId) {
    if (campaignId || personId || organisationId)
      throw new HubError('INVALID_INPUT', 'nominationId says campaign and recipient already: leave the others out.');
    const nomination = await em.findOneOrFail(Nomination, nominationId);
    await takeStep(context, nomination, NominationAction.AWARD);
    const { campaign, person, organisation, divisionCode } = nomination;
    return { nomination, campaign, person, organisation, divisionCode };
  }
  if (!campaignId) throw new HubError('INVALID_INPUT', 'Give nominationId, or campaignId and a recipient.');
  const campaign = await em.findOneOrFail(Campaign, campaignId);
  mustKeep(viewer, campaign);
  if (campaign.state === CampaignState.DRAFT) throw new HubError('NOT_ALLOWED', 'The campaign is a draft.');
  const recipient = await mentionPersonOrOrganisation(context, { personId, organisationId });
  mustBelong(campaign, recipient);
  return { campaign, ...recipient };
}

/** Confers an award, in the slice of its recipient; a nomination it crowns becomes AWARDED. */
export async function conferAward(
  context: Context,
  { nominationId, campaignId, personId, organisationId, ...input }: ConferAward,
): Promise<Award> {
  const of = await occasion(context, { nominationId, campaignId, personId, organisationId });
  const award = context.em.create(Award, { ...input, ...of });
  await context.em.flush();
  return award;
}

/** An award is its campaign's: the recipient's own committee reads it, the campaign's committee changes it. */
async function valid(context: Context, id: string, expectedVersion: number): Promise<Award> {
  const award = await forChange(context.em, Award, id, expectedVersion);
  mustKeep(context.viewer, await award.theCampaign(context));
  if (award.revokedOn) throw new HubError('NOT_ALLOWED', 'The award is revoked.');
  return award;
}

export async function updateAward(context: Context, { id, expectedVersion, ...changes }: UpdateAward): Promise<Award> {
  const award = context.em.assign(await valid(context, id, expectedVersion), changes, { ignoreUndefined: true });
  await context.em.flush();
  return award;
}

/** Revokes an award. It stays on record, and its nomination stays AWARDED: that it was is history. */
export async function revokeAward(context: Context, { id, expectedVersion, revokedOn, reason }: RevokeAward): Promise<Award> {
  const award = await valid(context, id, expectedVersion);
  if (revokedOn < award.conferredOn) throw new HubError('INVALID_INPUT', 'revokedOn: not before conferredOn.');
  await becauseOf(context.em, reason);
  context.em.assign(award, { revokedOn, revokeReason: reason });
  await context.em.flush();
  return award;
}
