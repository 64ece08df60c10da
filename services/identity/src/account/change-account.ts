import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { assertHoldsAsMuch } from '../grant/rights.ts';
import { givePassword, oneTimePassword } from '../sign-in/password.ts';
import type { AccountWithPassword, ChangeAccount } from './account.input.ts';
import { Account } from './account.ts';

/** Only whoever holds as much as the account may change it, and nobody their own. */
async function accountForChange({ em, viewer }: Context, { id, expectedVersion, reason }: ChangeAccount): Promise<Account> {
  const account = await forChange(em, Account, id, expectedVersion);
  if (viewer.actor === `account:${account.id}`)
    throw new HubError('NOT_ALLOWED', 'Nobody administers their own account: ask another administrator.');
  await assertHoldsAsMuch(em, viewer, account);
  if (reason) await becauseOf(em, reason);
  return account;
}

/** Gives an account a new password for one sign-in; its sessions end at once. */
export async function resetPassword(context: Context, input: ChangeAccount): Promise<AccountWithPassword> {
  const account = await accountForChange(context, input);
  const password = oneTimePassword();
  await givePassword(context.em, account.id, password);
  context.em.assign(account, { mustChangePassword: true, passwordResetAt: new Date() });
  await context.em.flush();
  return { account, oneTimePassword: password };
}

/** Ends every session and sign-in of an account, which may sign in again; the database ends them in the same transaction. */
export async function endSessions(context: Context, input: ChangeAccount): Promise<Account> {
  const account = await accountForChange(context, input);
  account.sessionsEndedAt = new Date();
  await context.em.flush();
  return account;
}

/** Takes an account's second factors away, for somebody who has lost them; its sessions end in the same transaction. */
export async function resetSecondFactor(context: Context, input: ChangeAccount): Promise<Account> {
  const account = await accountForChange(context, input);
  if (!account.secondFactorSince) throw new HubError('NOT_ALLOWED', 'The account has no second factor.');
  context.em.assign(account, { secondFactorSince: null, factorsResetAt: new Date() });
  await context.em.flush();
  return account;
}

/** Suspends an account, or lets it sign in again; the database ends its sessions in the same transaction. */
export async function suspendAccount(context: Context, input: ChangeAccount, suspended: boolean): Promise<Account> {
  const account = await accountForChange(context, input);
  if (Boolean(account.suspendedAt) === suspended)
    throw new HubError('NOT_ALLOWED', suspended ? 'The account is suspended already.' : 'The account is not suspended.');
  account.suspendedAt = suspended ? new Date() : null;
  await context.em.flush();
  return account;
}
