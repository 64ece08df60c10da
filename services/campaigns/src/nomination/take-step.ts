import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { Round } from '../round/round.ts';
import type { DecideNomination } from './nomination.input.ts';
import { Nomination } from './nomination.ts';
import { NominationAction, nominationRefusal, nominationSteps } from './nomination-states.ts';
import { standingInTurn } from './standing.ts';

/** Takes one step of the state table. Submission enters the first round, an advance the next one. */
export async function takeStep(context: Context, nomination: Nomination, action: NominationAction): Promise<void> {
  const standing = await standingInTurn(context, nomination);
  const refused = nominationRefusal(context.viewer, standing, action);
  if (refused) throw refused;
  nomination.state = nominationSteps[action].to;
  const enters = action === NominationAction.SUBMIT || action === NominationAction.ADVANCE;
  if (enters && standing.next) nomination.round = context.em.getReference(Round, standing.next.id, { wrapped: true });
}

export async function decideNomination(
  context: Context,
  { id, expectedVersion, action, reason }: DecideNomination,
): Promise<Nomination> {
  if (action === NominationAction.AWARD) throw new HubError('NOT_ALLOWED', 'Use conferAward: an award needs a title and a date.');
  const nomination = await forChange(context.em, Nomination, id, expectedVersion);
  await takeStep(context, nomination, action);
  if (reason) await becauseOf(context.em, reason);
  await context.em.flush();
  return nomination;
}
