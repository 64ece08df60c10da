import type { MikroORM } from '@mikro-orm/postgresql';
import type { Provider } from 'oidc-provider';
import { Account } from '../account/account.ts';
import { asService } from '../as-service.ts';
import type { Grant } from '../grant/grant.ts';
import { scopes } from '../scopes.ts';
import { newestPassword } from '../sign-in/password.ts';
import { chooseGrant } from './claims.ts';
import { hubResource } from './provider.ts';

export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** How far a sign-in has come between two pages; the library takes no notice of it. */
interface Pending {
  accountId: string;
  /** The password it began with: given another one meanwhile, the account is not theirs any more who knew this one. */
  passwordId: string;
  change: boolean;
}

export async function remember(interaction: Interaction, pending: Pending): Promise<void> {
  interaction.result = { pending };
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

/** Who is signing in, once the password was right or the browser is signed in already; and whether a new password comes first. */
export async function signingIn(
  orm: MikroORM,
  { prompt, result, session }: Interaction,
): Promise<{ account: Account; change: boolean } | undefined> {
  const pending = result?.pending as Pending | undefined;
  const id = pending?.accountId ?? (prompt.name === 'login' ? undefined : session?.accountId);
  if (!id) return undefined;
  return asService(orm, async em => {
    const account = await em.findOne(Account, { id, suspendedAt: null });
    const password = await newestPassword(em, id);
    if (!account || (pending && password?.id !== pending.passwordId)) return undefined;
    return { account, change: account.mustChangePassword || Boolean(pending?.change) };
  });
}

/** What the library goes on with: who signed in, and a grant of its own that remembers the chosen one. */
export async function outcomeOf(orm: MikroORM, provider: Provider, interaction: Interaction, account: Account, chosen: Grant) {
  const grant = new provider.Grant({ accountId: account.id, clientId: interaction.params.client_id as string });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(hubResource, scopes.join(' '));
  const grantId = await grant.save();
  await chooseGrant(orm, grantId, chosen.id);
  return { login: { accountId: account.id }, consent: { grantId } };
}
