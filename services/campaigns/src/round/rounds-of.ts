import type { Context } from '@hub/kit/context';
import { Round } from './round.ts';

/** The rounds of a campaign in their order; one statement for all campaigns of the operation. */
export const roundsOf = (context: Context) =>
  context.batched<Round[]>('rounds', async ids => {
    const rounds = await context.em.find(
      Round,
      { campaign: { $in: [...ids] } },
      { orderBy: [{ opensAt: 'asc' }, { id: 'asc' }] },
    );
    return ids.map(id => rounds.filter(round => round.campaign.id === id));
  });
