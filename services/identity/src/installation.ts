import { isDivisionCode } from '@hub/kit/viewer';
import { IdentityFailure } from './identity-failure.ts';

export interface Installation {
  /** What keys and cookies are protected with. */
  secret: string;
  /** What the hub's own services ask for their tokens with; without it they are given none. */
  servicesSecret?: string;
  /** Where the first administrator stands. */
  division: string;
}

/** What the identity service knows of the installation it belongs to. */
export function installation(env: NodeJS.ProcessEnv = process.env): Installation {
  const { HUB_IDENTITY_SECRET: secret = '', HUB_SERVICES_SECRET: servicesSecret, HUB_ADMIN_DIVISION } = env;
  if (secret.length < 32)
    throw new IdentityFailure('HUB_IDENTITY_SECRET: set it to 32 or more random characters, always the same.');
  if (servicesSecret && servicesSecret.length < 32)
    throw new IdentityFailure('HUB_SERVICES_SECRET: set it to 32 or more random characters, the same for every service.');
  const division = HUB_ADMIN_DIVISION || '220100';
  if (!isDivisionCode(division)) throw new IdentityFailure(`HUB_ADMIN_DIVISION is "${division}": give 6 digits, such as 220100.`);
  return { secret, division, ...(servicesSecret && { servicesSecret }) };
}
