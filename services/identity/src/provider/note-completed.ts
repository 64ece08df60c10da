import type { MikroORM } from '@mikro-orm/postgresql';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { bySeveral } from '../factor/demand.ts';
import { noteSignIn } from '../sign-in/signed-in.ts';

/** Writes down a sign-in that has just succeeded; a browser that was signed in already is none. */
export async function noteCompleted(orm: MikroORM, { oidc, ip, headers }: KoaContextWithOIDC): Promise<void> {
  const { session, result } = oidc ?? {};
  if (!result?.login || !session?.accountId) return;
  await noteSignIn(orm, {
    accountId: session.accountId,
    at: new Date(session.loginTs! * 1000),
    address: ip,
    browser: headers['user-agent'] ?? '',
    isBySecondFactor: Boolean(session.amr?.includes(bySeveral)),
    session: session.uid,
  });
}
