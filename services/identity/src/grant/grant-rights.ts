import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { assertOwnOrganisation } from '../organisation/assert-own-organisation.ts';
import { assertNotHeld } from './assert-not-held.ts';
import type { GrantRights } from './grant.input.ts';
import { Grant } from './grant.ts';
import { holderForGrant } from './holder-of.ts';
import { termsFor } from './rights.ts';

/** Grants to an account or a client of the slice, within what the granter holds. */
export async function grantRights(context: Context, { accountId, clientId, ...terms }: GrantRights): Promise<Grant> {
  const { em, viewer } = context;
  if (Boolean(accountId) === Boolean(clientId))
    throw new HubError('INVALID_INPUT', 'Give either accountId or clientId (账号与客户端二选一).');
  const holder = await holderForGrant(em, { accountId, clientId });
  const granted = termsFor(viewer, holder, holder.divisionCode, terms);
  await assertOwnOrganisation(context, granted);
  await assertNotHeld(em, { ...granted, accountId, clientId });
  const grant = em.create(Grant, {
    ...granted,
    accountId,
    clientId,
    divisionCode: holder.divisionCode,
  });
  await em.flush();
  return grant;
}
