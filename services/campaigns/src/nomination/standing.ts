import type { Context } from '@hub/kit/context';
import { roundsOf } from '../round/rounds-of.ts';
import { type Nomination, NominationState } from './nomination.ts';
import type { Standing } from './nomination-states.ts';

interface Count {
  campaign_id: string;
  round_id: string;
  standing: number;
  awarded: number;
}

/** How many nominations stand in each round of a campaign, and were awarded from it; withdrawn ones left their place. */
const counts = (context: Context) =>
  context.batched<Count[]>('standings', async ids => {
    const rows = await context.read.execute<Count>(
      `select campaign_id, round_id, count(*)::int as standing, count(*) filter (where state = ?)::int as awarded from nomination
       where campaign_id = any (?::uuid[]) and round_id is not null and state <> ? group by campaign_id, round_id`,
      [NominationState.AWARDED, `{${ids.join(',')}}`, NominationState.WITHDRAWN],
    );
    return ids.map(id => rows.filter(row => row.campaign_id === id));
  });

export async function standingOf(context: Context, nomination: Nomination): Promise<Standing> {
  const [campaign, rounds, counted] = await Promise.all([
    nomination.theCampaign(context),
    roundsOf(context).load(nomination.campaign.id),
    counts(context).load(nomination.campaign.id),
  ]);
  const at = rounds.findIndex(({ id }) => id === nomination.round?.id);
  const of = (id: string) => counted.find(row => row.round_id === id);
  const later = at < 0 ? [] : rounds.slice(at + 1);
  const passed = later.reduce((sum, { id }) => sum + (of(id)?.standing ?? 0), (at < 0 ? 0 : of(rounds[at]!.id)?.awarded) ?? 0);
  return { nomination, campaign, round: rounds[at], next: rounds[at + 1], passed };
}

/** As standingOf, but those who give places of one campaign take turns, and count what the other gave. */
export async function standingInTurn(context: Context, nomination: Nomination): Promise<Standing> {
  const { id } = nomination.campaign;
  const forget = () => [counts(context).clear(id), roundsOf(context).clear(id)];
  await context.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [id]);
  forget();
  const standing = await standingOf(context, nomination);
  forget();
  return standing;
}
