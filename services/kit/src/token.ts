import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { HubError } from './errors.ts';
import { isDivisionCode, roles, type Viewer } from './viewer.ts';

export const audience = 'hub';
/** Signature algorithms accepted, whatever the key set says. */
export const algorithms = ['EdDSA', 'ES256'];

const personal = 'people:personal';

const claimsShape = z.object({
  sub: z.string().min(1).max(200),
  scope: z.string().max(2000).default(''),
  hub: z
    .object({
      role: z.enum(roles),
      division: z.string().refine(isDivisionCode),
      organisation: z.uuid().optional(),
    })
    .refine(hub => Boolean(hub.organisation) === (hub.role === 'ORGANISATION' || hub.role === 'PARTNER')),
});

export type Verify = (authorization: string | undefined) => Promise<Viewer>;

/** Opens a key set at `https://…`, `http://…` or `file://…` (a file is read once, at start). */
export async function keySet(location: string): Promise<JWTVerifyGetKey> {
  const url = new URL(location);
  if (url.protocol !== 'file:') return createRemoteJWKSet(url, { cooldownDuration: 5_000, timeoutDuration: 3_000 });
  return createLocalJWKSet(JSON.parse(await readFile(url, 'utf8')) as JSONWebKeySet);
}

interface Admitted {
  viewer: Viewer;
  until: number;
}

/** A token that was found good stays good for this long without its signature being checked again, milliseconds. */
const remembered = 30_000;
const mostRemembered = 2_000;

/** Makes the check of a bearer token: signature, issuer, audience, `typ`, times and claims. One neutral error for every failure. */
export function tokenVerifier(keys: JWTVerifyGetKey, issuer: string): Verify {
  const admitted = new Map<string, Admitted>();
  return async authorization => {
    try {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
      if (!token || token.length > 8_000) throw new Error('no bearer token');
      const known = admitted.get(token);
      if (known && known.until > Date.now()) return known.viewer;
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'sub'],
      });
      const { sub, scope, hub } = claimsShape.parse(payload);
      const scopes = new Set(scope.split(' ').filter(Boolean));
      if (hub.role === 'PARTNER' || hub.role === 'REPORTING') scopes.delete(personal);
      const viewer = { actor: sub, role: hub.role, division: hub.division, organisation: hub.organisation, scopes };
      if (admitted.size >= mostRemembered) admitted.clear();
      admitted.set(token, { viewer, until: Math.min(payload.exp! * 1000, Date.now() + remembered) });
      return viewer;
    } catch {
      throw new HubError('UNAUTHENTICATED', 'A valid access token is required.');
    }
  };
}
