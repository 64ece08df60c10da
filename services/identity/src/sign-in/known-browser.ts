import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** A browser in which an account has signed in before. */
export interface KnownBrowser {
  accountId: string;
  /** Tells it from other browsers of the same account. */
  id: string;
}

export const knownCookie = 'hub_known';
/** Seconds. */
export const knownFor = 180 * 24 * 3600;

const sealOf = (secret: string, { accountId, id }: KnownBrowser) =>
  createHmac('sha256', secret).update(`known browser ${accountId} ${id}`).digest('base64url');

export const newBrowser = (accountId: string): KnownBrowser => ({ accountId, id: randomBytes(12).toString('base64url') });

/** As a cookie: it says where somebody has signed in, and opens nothing by itself. */
export const sealed = (secret: string, browser: KnownBrowser): string =>
  `${browser.accountId}.${browser.id}.${sealOf(secret, browser)}`;

/** The browser a cookie speaks of; undefined for one that is not ours. */
export function unsealed(secret: string, cookies: string | undefined): KnownBrowser | undefined {
  const [, accountId, id, seal] =
    new RegExp(`(?:^|; ?)${knownCookie}=([0-9a-f-]{36})\\.([\\w-]{16})\\.([\\w-]{43})(?:;|$)`).exec(cookies ?? '') ?? [];
  if (!accountId || !id || !seal) return undefined;
  const browser = { accountId, id };
  return timingSafeEqual(Buffer.from(sealOf(secret, browser)), Buffer.from(seal)) ? browser : undefined;
}

/** Lets the browser be known as one of the account from now on. */
export function rememberBrowser(
  reply: FastifyReply,
  { secret, publicUrl }: { secret: string; publicUrl: string },
  accountId: string,
  known: KnownBrowser | undefined,
): void {
  const browser = known?.accountId === accountId ? known : newBrowser(accountId);
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${knownCookie}=${sealed(secret, browser)}; Path=/identity; HttpOnly; SameSite=Lax; Max-Age=${knownFor}${secure}`,
  );
}
