import type { EntityManager } from '@mikro-orm/postgresql';
import { Secret, TOTP } from 'otpauth';
import { seal, unseal } from '../seal.ts';
import { CodeApp } from './code-app.ts';

const period = 30;
const purpose = 'one-time codes';

/** What apps for one-time codes understand (RFC 6238 with the values all of them know). */
const totp = (base32: string, label = '') =>
  new TOTP({ issuer: '数据枢纽 Hub', label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(base32) });

/** What a new app is to be told, sealed for the time until it has shown that it was. */
export const newSharedSecret = (secret: string): Promise<string> => seal(secret, purpose, new Secret({ size: 20 }).base32);

/** How an app is told: to be typed, and as an address that is scanned. */
export async function invitationOf(secret: string, sealed: string, loginName: string): Promise<{ key: string; uri: string }> {
  const key = await unseal(secret, purpose, sealed);
  return { key, uri: totp(key, loginName).toString() };
}

/** The step a code belongs to, a period early or late at most; undefined for a wrong one. */
async function stepOf(secret: string, sealed: string, code: string): Promise<number | undefined> {
  const token = code.normalize('NFKC').replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const timestamp = Date.now();
  const delta = totp(await unseal(secret, purpose, sealed)).validate({ token, timestamp, window: 1 });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / period) + delta;
}

/** Checks a code of the account's app. A code counts once: neither it nor one before it is taken again, not even at the same moment. */
export async function useOneTimeCode(em: EntityManager, secret: string, accountId: string, code: string): Promise<boolean> {
  const app = await em.findOne(CodeApp, { accountId });
  const step = app && (await stepOf(secret, app.sealed, code));
  if (!step) return false;
  const taken = await em.execute(
    'update code_app set last_step = ? where account_id = ? and last_step < ? and sealed = ? returning last_step',
    [step, accountId, step, app.sealed],
  );
  return taken.length > 0;
}

/** Adds an app once it shows a right code; that code is used up by it. */
export async function addCodeApp(
  em: EntityManager,
  secret: string,
  { accountId, sealed, code }: { accountId: string; sealed: string; code: string },
): Promise<boolean> {
  const step = await stepOf(secret, sealed, code);
  if (!step) return false;
  await em.execute(
    `insert into code_app (account_id, sealed, last_step) values (?, ?, ?)
     on conflict (account_id) do update set sealed = excluded.sealed, last_step = excluded.last_step, created_at = excluded.created_at`,
    [accountId, sealed, step],
  );
  return true;
}
