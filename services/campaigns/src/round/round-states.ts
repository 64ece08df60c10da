import { HubError } from '@hub/kit/errors';
import type { Viewer } from '@hub/kit/viewer';
import { type Steps, wrongState } from '../allowed-action/steps.ts';
import { type Campaign, CampaignState } from '../campaign/campaign.ts';
import { notKeeper } from '../division/keeper.ts';
import { type Round, RoundState } from './round.ts';

export type RoundAction = 'OPEN' | 'CLOSE';

export const roundSteps: Steps<RoundState, RoundAction> = {
  OPEN: { from: [RoundState.PLANNED], to: RoundState.OPEN },
  CLOSE: { from: [RoundState.OPEN], to: RoundState.CLOSED },
};

export const roundRefusal = (
  viewer: Viewer,
  round: Round,
  campaign: Campaign | null,
  action: RoundAction,
): HubError | undefined =>
  notKeeper(viewer, round) ??
  wrongState(roundSteps, round.state, action) ??
  (campaign?.state === CampaignState.OPEN ? undefined : new HubError('NOT_ALLOWED', 'Its campaign is not open.'));
