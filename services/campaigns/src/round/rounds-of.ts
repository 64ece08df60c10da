import type { Context } from '@hub/kit/context';
import { Round } from './round.ts';

/** The rounds of a campaign in their order; one statement for all campaigns of the operation. */
export const roundsOf = (context: Context) =>
  context.batched<Round[]>('rounds', async ids => {
    const where = { campaign: { $in: [...ids] } };
    const rounds = await context.read.find(Round, { where, orderBy: [{ opensAt: 'asc' }, { id: 'asc' }] });
    return ids.map(id => rounds.filter(round => round.campaign.id === id));
  });
