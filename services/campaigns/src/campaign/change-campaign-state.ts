import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { Round, RoundState } from '../round/round.ts';
import type { CampaignStateChange } from './campaign.input.ts';
import { Campaign } from './campaign.ts';
import { type CampaignAction, campaignRefusal, campaignSteps } from './campaign-states.ts';

/** Opens or closes a campaign. Its rounds end with it. */
export async function changeCampaignState(
  { em, viewer }: Context,
  { id, expectedVersion, reason }: CampaignStateChange,
  action: CampaignAction,
): Promise<Campaign> {
  const campaign = await forChange(em, Campaign, id, expectedVersion);
  const refused = campaignRefusal(viewer, campaign, action);
  if (refused) throw refused;
  if (reason) await becauseOf(em, reason);
  campaign.state = campaignSteps[action].to;
  if (action === 'CLOSE') {
    const rounds = await em.find(Round, { campaign: id, state: { $ne: RoundState.CLOSED } });
    for (const round of rounds) round.state = RoundState.CLOSED;
  }
  await em.flush();
  return campaign;
}
