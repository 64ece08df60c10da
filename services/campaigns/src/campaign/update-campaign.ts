import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { datesInOrder } from '@hub/kit/dates-in-order';
import { HubError } from '@hub/kit/errors';
import { mustKeep } from '../division/keeper.ts';
import type { UpdateCampaign } from './campaign.input.ts';
import { Campaign, CampaignState } from './campaign.ts';

/** Changes a campaign; of a closed one only whether it is published, so that results can be published or taken back. */
export async function updateCampaign(
  { em, viewer }: Context,
  { id, expectedVersion, publishedDownward, ...content }: UpdateCampaign,
): Promise<Campaign> {
  const campaign = await forChange(em, Campaign, id, expectedVersion);
  mustKeep(viewer, campaign);
  if (campaign.state === CampaignState.CLOSED && Object.values(content).some(value => value !== undefined))
    throw new HubError('NOT_ALLOWED', 'The campaign is closed: only publishedDownward may change.');
  em.assign(campaign, { ...content, publishedDownward }, { ignoreUndefined: true });
  datesInOrder(campaign, 'startsOn', 'endsOn');
  await em.flush();
  return campaign;
}
