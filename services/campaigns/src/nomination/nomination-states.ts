import { HubError } from '@hub/kit/errors';
import type { Viewer } from '@hub/kit/viewer';
import { contains } from '@hub/kit/viewer';
import { registerEnumType } from 'type-graphql';
import { type Steps, wrongState } from '../allowed-action/steps.ts';
import { type Campaign, CampaignState } from '../campaign/campaign.ts';
import { notKeeper } from '../division/keeper.ts';
import { type Round, RoundState } from '../round/round.ts';
import { type Nomination, NominationState } from './nomination.ts';

export enum NominationAction {
  SUBMIT = 'SUBMIT',
  ACCEPT = 'ACCEPT',
  REJECT = 'REJECT',
  ADVANCE = 'ADVANCE',
  ELIMINATE = 'ELIMINATE',
  AWARD = 'AWARD',
  WITHDRAW = 'WITHDRAW',
}
registerEnumType(NominationAction, {
  name: 'NominationAction',
  description: 'What may be done with a nomination; AWARD is done by conferAward (推荐操作).',
});

const { DRAFT, SUBMITTED, ELIGIBLE, REJECTED, ADVANCED, ELIMINATED, AWARDED, WITHDRAWN } = NominationState;

export const nominationSteps: Steps<NominationState, NominationAction> = {
  SUBMIT: { from: [DRAFT], to: SUBMITTED },
  ACCEPT: { from: [SUBMITTED], to: ELIGIBLE },
  REJECT: { from: [SUBMITTED], to: REJECTED },
  ADVANCE: { from: [ELIGIBLE, ADVANCED], to: ADVANCED },
  ELIMINATE: { from: [ELIGIBLE, ADVANCED], to: ELIMINATED },
  AWARD: { from: [ELIGIBLE, ADVANCED], to: AWARDED },
  WITHDRAW: { from: [DRAFT, SUBMITTED, ELIGIBLE, ADVANCED], to: WITHDRAWN },
};

/** A nomination and what its next step depends on. */
export interface Standing {
  nomination: Nomination;
  campaign: Campaign | null;
  round?: Round;
  /** The round after the one it stands in; before submission, the first. */
  next?: Round;
  /** How many passed its round. */
  passed: number;
}

const notAllowed = (message: string) => new HubError('NOT_ALLOWED', message);

/** The nominee's side submits and withdraws; a member organisation only until the organiser has accepted it. */
function notNominator({ role, division, organisation }: Viewer, { state, ...nomination }: Nomination) {
  const itself = role === 'ORGANISATION' && nomination.organisation?.id === organisation;
  if (itself && state !== DRAFT && state !== SUBMITTED)
    return new HubError('FORBIDDEN', 'The organiser has taken it up: ask your committee.');
  if (itself || (role === 'COMMITTEE' && contains(division, nomination.divisionCode))) return undefined;
  return new HubError('FORBIDDEN', 'Only the nominee itself or its committee may do this.');
}

const campaignNotOpen = ({ campaign }: Standing) =>
  campaign?.state === CampaignState.OPEN ? undefined : notAllowed('The campaign is not open.');

function noPlace({ round, passed }: Standing) {
  const full = round?.quota != null && passed >= round.quota;
  return full ? notAllowed(`The round has passed its ${round.quota} already.`) : undefined;
}

/** Why an action may not be taken now; undefined when it may. */
export function nominationRefusal(viewer: Viewer, standing: Standing, action: NominationAction): HubError | undefined {
  const { nomination, campaign, next } = standing;
  const wrong = wrongState(nominationSteps, nomination.state, action);
  switch (action) {
    case NominationAction.WITHDRAW:
      return notNominator(viewer, nomination) ?? wrong;
    case NominationAction.SUBMIT:
      return (
        notNominator(viewer, nomination) ??
        wrong ??
        campaignNotOpen(standing) ??
        (next && next.state !== RoundState.OPEN ? notAllowed('The first round is not open.') : undefined)
      );
    case NominationAction.ADVANCE:
      return (
        notKeeper(viewer, campaign) ??
        wrong ??
        campaignNotOpen(standing) ??
        (next ? noPlace(standing) : notAllowed('No round follows: confer the award.'))
      );
    case NominationAction.AWARD:
      return (
        notKeeper(viewer, campaign) ??
        wrong ??
        (campaign?.state === CampaignState.DRAFT ? notAllowed('The campaign is a draft.') : undefined) ??
        (next ? notAllowed('A round follows: advance it first.') : noPlace(standing))
      );
    default:
      return notKeeper(viewer, campaign) ?? wrong ?? campaignNotOpen(standing);
  }
}
