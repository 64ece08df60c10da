import type { MikroORM } from '@mikro-orm/postgresql';
import type { Provider } from 'oidc-provider';
import { Account } from '../account/account.ts';
import { asService } from '../as-service.ts';
import { acrOf, byPassword, bySeveral, type Demand, isDemanded, type Method } from '../factor/demand.ts';
import { type Factors, factorsOf, hasFactor } from '../factor/factors.ts';
import type { Grant } from '../grant/grant.ts';
import { validGrants } from '../grant/valid-grants.ts';
import { scopes } from '../scopes.ts';
import { newestPassword } from '../sign-in/password.ts';
import { chooseGrant } from './claims.ts';
import { hubResource } from './provider.ts';

export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** How far a sign-in has come between two pages; the library takes no notice of it. */
export interface Pending {
  accountId: string;
  /** The password it began with: given another one meanwhile, the account is not theirs any more who knew this one. */
  passwordId: string;
  /** When the password was right, milliseconds. */
  at: number;
  change: boolean;
  /** The person wants to see to the second factors. */
  manage: boolean;
  /** By what a second factor was shown. */
  passed?: Method;
  /** What a passkey has to sign next. */
  challenge?: string;
  /** What an app for one-time codes is being told, sealed. */
  shared?: string;
}

export async function remember(interaction: Interaction, pending: Pending): Promise<void> {
  interaction.result = { pending };
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

/** Somebody on the way in: who, with what, and what comes next. */
export interface SigningIn {
  account: Account;
  factors: Factors;
  grants: Grant[];
  /** What this sign-in remembers; absent where the browser is signed in already and only a role is chosen. */
  pending: Pending | undefined;
  stage: 'factor' | 'password' | 'nothing granted' | 'enrol' | 'manage' | 'grant';
}

/** Who is signing in, once the password was right or the browser is signed in already. */
export async function signingIn(
  orm: MikroORM,
  { prompt, result, session }: Interaction,
  demand: Demand,
): Promise<SigningIn | undefined> {
  const pending = result?.pending as Pending | undefined;
  const id = pending?.accountId ?? (prompt.name === 'login' ? undefined : session?.accountId);
  if (!id) return undefined;
  return asService(orm, async em => {
    const account = await em.findOne(Account, { id, suspendedAt: null });
    const password = await newestPassword(em, id);
    if (!account || (pending && password?.id !== pending.passwordId)) return undefined;
    if (pending && account.factorsResetAt && account.factorsResetAt.getTime() >= pending.at) return undefined;
    const factors = await factorsOf(em, id);
    const grants = await validGrants(em, { accountId: id });
    const isPassed = pending ? Boolean(pending.passed) : Boolean(session?.amr?.includes(bySeveral));
    const isMissing = !hasFactor(factors) && isDemanded(demand, grants);
    // A browser that is signed in by less than is asked now signs in anew.
    if (!pending && ((hasFactor(factors) && !isPassed) || isMissing)) return undefined;
    const stage = (): SigningIn['stage'] => {
      if (hasFactor(factors) && !isPassed) return 'factor';
      if (account.mustChangePassword || pending?.change) return 'password';
      if (grants.length === 0) return 'nothing granted';
      if (isMissing) return 'enrol';
      return pending?.manage ? 'manage' : 'grant';
    };
    return { account, factors, grants, pending, stage: stage() };
  });
}

/** What the library goes on with: who signed in, how and when, and a grant of its own that remembers the chosen one. */
export async function outcomeOf(
  orm: MikroORM,
  provider: Provider,
  interaction: Interaction,
  { account, pending }: SigningIn,
  chosen: Grant,
) {
  const grant = new provider.Grant({ accountId: account.id, clientId: interaction.params.client_id as string });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(hubResource, scopes.join(' '));
  const grantId = await grant.save();
  await chooseGrant(orm, grantId, chosen.id);
  // Who only chooses another role has shown nothing anew: the time of the sign-in stays what it was.
  if (!pending) return { consent: { grantId } };
  const amr = pending.passed ? [byPassword, pending.passed, bySeveral] : [byPassword];
  const ts = Math.floor(pending.at / 1000);
  return { login: { accountId: account.id, amr, acr: acrOf(amr), ts }, consent: { grantId } };
}
