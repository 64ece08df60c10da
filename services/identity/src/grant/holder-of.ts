import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Account } from '../account/account.ts';
import { Client } from '../client/client.ts';

/** The account or the API client that a grant is given to; NOT_FOUND outside the slice. */
export const holderOf = (
  em: EntityManager,
  { accountId, clientId }: { accountId?: string | null; clientId?: string | null },
): Promise<Account | Client> =>
  accountId ? em.findOneOrFail(Account, { id: accountId }) : em.findOneOrFail(Client, { id: clientId! });

/** The same, kept until the end of the transaction: what is granted to it at the same time waits. */
export async function holderForGrant(
  em: EntityManager,
  ids: { accountId?: string | null; clientId?: string | null },
): Promise<Account | Client> {
  const holder = await holderOf(em, ids);
  await em.lock(holder, LockMode.PESSIMISTIC_WRITE);
  return holder;
}
