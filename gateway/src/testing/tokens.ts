import { tokenVerifier } from '@hub/kit/token';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';

const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
export const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' }] };
export const verify = tokenVerifier(createLocalJWKSet(keys), 'urn:hub');

/** An authorization header of a county committee. */
export async function bearer(scope = 'organisations:read imports:write', lifetime = '5m'): Promise<string> {
  const token = await new SignJWT({ scope, hub: { role: 'COMMITTEE', division: '220102' } })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt' })
    .setIssuer('urn:hub')
    .setAudience('hub')
    .setSubject('tester')
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(privateKey);
  return `Bearer ${token}`;
}
