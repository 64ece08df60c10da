import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { Account } from '../account/account.ts';
import { Client } from '../client/client.ts';
import type { GrantRights } from './grant.input.ts';
import { Grant } from './grant.ts';
import { termsFor } from './rights.ts';

/** Grants to an account or a client of the slice, within what the granter holds. */
export async function grantRights({ em, viewer }: Context, { accountId, clientId, ...terms }: GrantRights): Promise<Grant> {
  if (Boolean(accountId) === Boolean(clientId))
    throw new HubError('INVALID_INPUT', 'Give either accountId or clientId (账号与客户端二选一).');
  const holder = accountId
    ? await em.findOneOrFail(Account, { id: accountId })
    : await em.findOneOrFail(Client, { id: clientId! });
  const grant = em.create(Grant, {
    ...termsFor(viewer, holder, holder.divisionCode, terms),
    accountId,
    clientId,
    divisionCode: holder.divisionCode,
  });
  await em.flush();
  return grant;
}
