import { tokenVerifier } from '@hub/kit/token';
import type { Role } from '@hub/kit/viewer';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface Claims {
  role: Role;
  division: string;
  organisation?: string;
  scopes?: string[];
  actor?: string;
}

const nouns = ['organisations', 'people', 'campaigns', 'programs'];
export const allScopes = [
  ...nouns.flatMap(noun => [`${noun}:read`, `${noun}:write`]),
  'imports:write',
  'history:read',
  'changes:read',
];

export const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
export const testJwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' }] };
export const verifyTestToken = tokenVerifier(createLocalJWKSet(testJwks), 'urn:hub');

/** A token of the tests' own key. */
export const testToken = ({
  role,
  division,
  organisation,
  scopes = allScopes,
  actor = `${role.toLowerCase()}-${division}`,
}: Claims) =>
  new SignJWT({ scope: scopes.join(' '), hub: { role, division, organisation } })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt' })
    .setIssuer('urn:hub')
    .setAudience('hub')
    .setSubject(actor)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey);

export const city = { role: 'COMMITTEE', division: '220100' } as const;
export const county = (division: string) => ({ role: 'COMMITTEE', division }) as const;
