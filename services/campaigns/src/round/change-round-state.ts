import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import type { CampaignStateChange } from '../campaign/campaign.input.ts';
import { Round } from './round.ts';
import { type RoundAction, roundRefusal, roundSteps } from './round-states.ts';

/** Opens or closes a round. */
export async function changeRoundState(
  context: Context,
  { id, expectedVersion, reason }: CampaignStateChange,
  action: RoundAction,
): Promise<Round> {
  const { em, viewer } = context;
  const round = await forChange(em, Round, id, expectedVersion);
  const refused = roundRefusal(viewer, round, await round.theCampaign(context), action);
  if (refused) throw refused;
  if (reason) await becauseOf(em, reason);
  round.state = roundSteps[action].to;
  await em.flush();
  return round;
}
