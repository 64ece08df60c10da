import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../account/account.ts';
import { Client } from '../client/client.ts';

/** The account or the API client that a grant is given to; NOT_FOUND outside the slice. */
export const holderOf = (
  em: EntityManager,
  { accountId, clientId }: { accountId?: string | null; clientId?: string | null },
): Promise<Account | Client> =>
  accountId ? em.findOneOrFail(Account, { id: accountId }) : em.findOneOrFail(Client, { id: clientId! });
