import type { MikroORM } from '@mikro-orm/postgresql';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { Account } from '../account/account.ts';
import { asService } from '../as-service.ts';
import { grantOfSignIn, hubScopes } from './claims.ts';

/** The account behind a code, a session or a token, while it stands. */
export async function findAccount(orm: MikroORM, id: string, token: { grantId?: string } | undefined) {
  const account = await asService(orm, em => em.findOne(Account, { id, suspendedAt: null }));
  if (!account) return undefined;
  // A code or a refresh token is worth what the grant behind it is worth now.
  if (token?.grantId && !(await grantOfSignIn(orm, token.grantId, id))) return undefined;
  return {
    accountId: id,
    claims: () => ({ sub: id, preferred_username: account.loginName, name: account.displayName }),
  };
}

/** The sign-in's grant, unless the hub's grant behind it has ended: then the person chooses again. */
export async function existingGrant(orm: MikroORM, ctx: KoaContextWithOIDC) {
  const { oidc } = ctx;
  hubScopes(oidc.params?.scope);
  const id = oidc.result?.consent?.grantId ?? oidc.session!.grantIdFor(oidc.client!.clientId);
  if (!id || !(await grantOfSignIn(orm, id, oidc.account!.accountId))) return undefined;
  return oidc.provider.Grant.find(id);
}
