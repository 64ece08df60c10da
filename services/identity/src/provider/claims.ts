import type { MikroORM } from '@mikro-orm/postgresql';
import { errors } from 'oidc-provider';
import { asService } from '../as-service.ts';
import { Client } from '../client/client.ts';
import type { Grant } from '../grant/grant.ts';
import { standingGrant, validGrants } from '../grant/valid-grants.ts';
import { isScope, sensitive } from '../scopes.ts';
import { OidcRecord } from './oidc-record.ts';

/** Remembers which of their grants a person signs in with, on the library's own grant. */
export const chooseGrant = (orm: MikroORM, oidcGrantId: string, grantId: string) =>
  asService(orm, em =>
    em.execute(`update oidc_record set grant_id = ? where model = 'Grant' and id = ?`, [grantId, oidcGrantId]),
  );

/** The grant of a sign-in, as long as it stands; undefined when it was revoked, has ended, or its account is suspended. */
export function grantOfSignIn(orm: MikroORM, oidcGrantId: string | undefined, accountId: string): Promise<Grant | undefined> {
  return asService(orm, async em => {
    const record = await em.findOne(OidcRecord, { model: 'Grant', id: oidcGrantId ?? '' });
    if (!record?.grantId) return undefined;
    return (await standingGrant(em, record.grantId, accountId)) ?? undefined;
  });
}

function grantOfClient(orm: MikroORM, clientId: string): Promise<Grant | undefined> {
  return asService(orm, async em => {
    const client = await em.findOne(Client, { clientId, suspendedAt: null });
    return client ? (await validGrants(em, { clientId: client.id }))[0] : undefined;
  });
}

interface Token {
  kind: string;
  clientId?: string;
  accountId?: string;
  grantId?: string;
  scope?: string;
}

const ofSignIn = ['openid', 'profile'];

/** The scopes of the hub among those asked for. One that does not exist is refused: a slip of the pen would otherwise ask for nothing, and be given everything. */
export function hubScopes(asked: unknown): string[] {
  const named = typeof asked === 'string' ? asked.split(' ').filter(each => each !== '' && !ofSignIn.includes(each)) : [];
  const unknown = named.filter(each => !isScope(each));
  if (unknown.length > 0) throw new errors.InvalidScope('there is no such scope', unknown.join(' ').slice(0, 200));
  return named;
}

/**
 * What an access token says of its holder: the claims of `hub`, and the scopes asked for, which the grant must have. Where none was asked
 * for, a client has all of its grant, and a person all but what is sensitive.
 */
export async function accessClaims(orm: MikroORM, token: Token, asked: string[]): Promise<{ scope: string; hub: object }> {
  const grant =
    token.kind === 'ClientCredentials'
      ? await grantOfClient(orm, token.clientId!)
      : await grantOfSignIn(orm, token.grantId, token.accountId!);
  if (!grant) throw new errors.InvalidGrant('no grant stands');
  const { role, division, organisationId, scopes } = grant;
  const missing = asked.filter(each => !scopes.includes(each));
  if (missing.length > 0) throw new errors.InvalidScope('not granted', missing.join(' '));
  const unasked = (scope: string) => token.kind === 'ClientCredentials' || !sensitive.includes(scope);
  const scope = scopes.filter(each => (asked.length > 0 ? asked.includes(each) : unasked(each))).join(' ');
  return { scope, hub: { role, division, ...(organisationId && { organisation: organisationId }) } };
}
