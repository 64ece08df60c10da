import type { Grant } from '../grant/grant.ts';

/** Of whom a second factor is demanded; offered it is to all. */
export const demands = ['administrators', 'everyone', 'none'] as const;
export type Demand = (typeof demands)[number];

/** Whether somebody who holds these grants has to have a second factor. Administrators are who may give rights to others. */
export const isDemanded = (demand: Demand, grants: readonly Pick<Grant, 'scopes'>[]): boolean =>
  demand === 'everyone' || (demand === 'administrators' && grants.some(({ scopes }) => scopes.includes('accounts:write')));

/** How somebody signed in, as RFC 8176 has names for it. */
export const byPassword = 'pwd';
export const bySeveral = 'mfa';
export type Method = 'otp' | 'pop';

/** `acr` of a token: by a password, or by a second factor besides. */
export const acrOf = (amr: readonly string[]): string => (amr.includes(bySeveral) ? 'urn:hub:acr:2' : 'urn:hub:acr:1');
