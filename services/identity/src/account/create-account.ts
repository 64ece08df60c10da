import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { contains } from '@hub/kit/viewer';
import { Grant } from '../grant/grant.ts';
import { termsFor } from '../grant/rights.ts';
import { assertOwnOrganisation } from '../organisation/assert-own-organisation.ts';
import { givePassword, oneTimePassword } from '../sign-in/password.ts';
import type { AccountWithPassword, CreateAccount, InviteAccount } from './account.input.ts';
import { Account } from './account.ts';

/** Opens an account with a password for one sign-in. */
export async function createAccount({ em, viewer }: Context, input: CreateAccount): Promise<AccountWithPassword> {
  if (!contains(viewer.division, input.divisionCode))
    throw new HubError('FORBIDDEN', `divisionCode: ${input.divisionCode} is outside your division ${viewer.division}.`);
  const { loginName, displayName, email, divisionCode } = input;
  const account = em.create(Account, { loginName, displayName, email, divisionCode });
  await em.flush();
  const password = oneTimePassword();
  await givePassword(em, account.id, password);
  return { account, oneTimePassword: password };
}

/** Opens an account and grants it its first rights, together or not at all. */
export async function inviteAccount(context: Context, { grant, ...input }: InviteAccount): Promise<AccountWithPassword> {
  const terms = termsFor(context.viewer, undefined, input.divisionCode, grant);
  await assertOwnOrganisation(context, terms);
  const opened = await createAccount(context, input);
  context.em.create(Grant, { ...terms, accountId: opened.account.id, divisionCode: input.divisionCode });
  await context.em.flush();
  return opened;
}
