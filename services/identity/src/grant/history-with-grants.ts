import type { Context } from '@hub/kit/context';
import { type HistoryEntry, history } from '@hub/kit/history';
import type { Grant } from './grant.ts';

const named = ({ changes, ...entry }: HistoryEntry): HistoryEntry => ({
  ...entry,
  changes: changes.map(change => ({ ...change, field: `grant.${change.field}` })),
});

/** What became of an account or a client, and of all that it was ever granted, the newest first. */
export async function historyWithGrants(context: Context, entity: 'account' | 'client', id: string, grants: Grant[]) {
  const own = history(context, entity, id);
  const ofGrants = grants.map(async grant => (await history(context, 'access_grant', grant.id)).map(named));
  const all = await Promise.all([own, ...ofGrants]);
  return all.flat().sort((one, other) => other.at.getTime() - one.at.getTime());
}
