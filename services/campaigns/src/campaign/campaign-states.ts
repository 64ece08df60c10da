import type { HubError } from '@hub/kit/errors';
import type { Viewer } from '@hub/kit/viewer';
import { type Steps, wrongState } from '../allowed-action/steps.ts';
import { notKeeper } from '../division/keeper.ts';
import { type Campaign, CampaignState } from './campaign.ts';

export type CampaignAction = 'OPEN' | 'CLOSE';

export const campaignSteps: Steps<CampaignState, CampaignAction> = {
  OPEN: { from: [CampaignState.DRAFT], to: CampaignState.OPEN },
  CLOSE: { from: [CampaignState.OPEN], to: CampaignState.CLOSED },
};

export const campaignRefusal = (viewer: Viewer, campaign: Campaign, action: CampaignAction): HubError | undefined =>
  notKeeper(viewer, campaign) ?? wrongState(campaignSteps, campaign.state, action);
