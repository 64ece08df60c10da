import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../account/account.ts';
import { Grant } from './grant.ts';

const holds = (now: Date) => ({
  revokedAt: null,
  validFrom: { $lte: now },
  $or: [{ validTo: null }, { validTo: { $gt: now } }],
});

const newestFirst = { orderBy: { createdAt: 'desc', id: 'desc' } } as const;

/** The grants of an account or a client that open the hub now, the newest first. */
export const validGrants = (em: EntityManager, holder: { accountId: string } | { clientId: string }): Promise<Grant[]> =>
  em.find(Grant, { ...holder, ...holds(new Date()) }, newestFirst);

/** A grant of an account, as long as it and the account stand. */
export async function standingGrant(em: EntityManager, id: string, accountId: string): Promise<Grant | null> {
  const account = await em.findOne(Account, { id: accountId, suspendedAt: null });
  return account && em.findOne(Grant, { id, accountId, ...holds(new Date()) });
}
