import { askAny } from './ask-any.ts';
import { addressesIn } from './env.ts';
import type { Credentials } from './services-client.ts';

/** Why a feed is not followed, for whoever watches the hub. */
export type NotFollowed = 'NO_CREDENTIALS' | 'REFUSED' | 'IDENTITY_AWAY' | 'OWNER_AWAY' | 'FAILED';

/** No token, and why. */
export class NoToken extends Error {
  constructor(
    readonly why: NotFollowed,
    message: string,
  ) {
    super(message);
  }
}

/** Answers a bearer token of the hub's own services. */
export type ServiceToken = () => Promise<string>;

interface Held {
  bearer: string;
  renewAt: number;
  until: number;
}

/** Credentials that were refused are not tried again at once, milliseconds. */
const afterRefusal = 10_000;
const patience = 5_000;

/** The token of a service by OAuth 2 client credentials, asked for anew before it ends; the one in hand serves while nobody answers. */
export function serviceToken(credentials: Credentials | undefined): ServiceToken {
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;
  let refused: { error: NoToken; until: number } | undefined;
  const renew = () => {
    asking ??= ask(credentials).finally(() => {
      asking = undefined;
    });
    return asking;
  };
  return async () => {
    if (held && Date.now() < held.renewAt) return held.bearer;
    if (refused && Date.now() < refused.until) throw refused.error;
    try {
      held = await renew();
      refused = undefined;
    } catch (error) {
      if (error instanceof NoToken && error.why === 'REFUSED') refused = { error, until: Date.now() + afterRefusal };
      if (!held || Date.now() >= held.until) throw error;
    }
    return held.bearer;
  };
}

async function ask(credentials: Credentials | undefined): Promise<Held> {
  if (!credentials)
    throw new NoToken('NO_CREDENTIALS', 'this service has no credentials: set HUB_SERVICES_TOKEN_URL and HUB_SERVICES_SECRET');
  const { tokenUrl, client, secret } = credentials;
  const asked = Date.now();
  const { status, value } = await askAny(
    addressesIn(tokenUrl).map(url => new URL(url)),
    {
      method: 'POST',
      headers: { authorization: basic(client, secret), 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      patience,
    },
  ).catch(() => {
    throw new NoToken('IDENTITY_AWAY', 'no answer at HUB_SERVICES_TOKEN_URL');
  });
  const { access_token: token, expires_in: life, error } = value as Record<string, unknown>;
  if (status >= 500 || status === 429) throw new NoToken('IDENTITY_AWAY', `HUB_SERVICES_TOKEN_URL answers ${status}`);
  if (status !== 200 || typeof token !== 'string')
    throw new NoToken('REFUSED', `HUB_SERVICES_TOKEN_URL refuses the credentials: ${status} ${wordOf(error)}`);
  const milliseconds = (typeof life === 'number' ? life : 60) * 1_000;
  return { bearer: `Bearer ${token}`, renewAt: asked + milliseconds * 0.7, until: asked + milliseconds };
}

/** RFC 6749 has both parts form-encoded first. */
const basic = (client: string, secret: string) =>
  `Basic ${Buffer.from([client, secret].map(encodeURIComponent).join(':')).toString('base64')}`;

const wordOf = (error: unknown) => (typeof error === 'string' && /^\w{1,60}$/.test(error) ? error : '');
