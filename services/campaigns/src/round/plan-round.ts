import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { Campaign, CampaignState } from '../campaign/campaign.ts';
import { mustKeep } from '../division/keeper.ts';
import type { CreateRound, UpdateRound } from './round.input.ts';
import { Round, RoundState } from './round.ts';
import { roundsOf } from './rounds-of.ts';

function sound({ opensAt, closesAt, criteria }: Pick<Round, 'opensAt' | 'closesAt' | 'criteria'>): void {
  const invalid = (message: string) => new HubError('INVALID_INPUT', message);
  if (closesAt && closesAt <= opensAt) throw invalid('closesAt: after opensAt.');
  if (new Set(criteria.map(({ code }) => code)).size < criteria.length) throw invalid('criteria: each code once.');
  if (criteria.some(({ code }) => !code.trim() || code.length > 50)) throw invalid('criteria.code: 1 to 50 characters.');
  if (criteria.some(({ weight, max }) => !(weight > 0 && max > 0))) throw invalid('criteria: weight and max above 0.');
}

export async function createRound(context: Context, { campaignId, ...input }: CreateRound): Promise<Round> {
  const { em, viewer } = context;
  const campaign = await em.findOneOrFail(Campaign, campaignId);
  mustKeep(viewer, campaign);
  if (campaign.state === CampaignState.CLOSED) throw new HubError('NOT_ALLOWED', 'The campaign is closed.');
  const { divisionCode, publishedDownward } = campaign;
  const round = em.create(Round, { ...input, campaign, divisionCode, publishedDownward });
  sound(round);
  await em.flush();
  roundsOf(context).clear(campaignId);
  return round;
}

/** A closed round never changes. */
export async function updateRound({ em, viewer }: Context, { id, expectedVersion, ...changes }: UpdateRound): Promise<Round> {
  const round = await forChange(em, Round, id, expectedVersion);
  mustKeep(viewer, round);
  if (round.state === RoundState.CLOSED) throw new HubError('NOT_ALLOWED', 'A closed round never changes.');
  em.assign(round, changes, { ignoreUndefined: true, mergeObjectProperties: false });
  sound(round);
  await em.flush();
  return round;
}
