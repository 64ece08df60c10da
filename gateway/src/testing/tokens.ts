import { verifierOf } from '@hub/kit/token';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';

const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
export const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' }] };
const keySet = createLocalJWKSet(keys);
export const verify = verifierOf(['urn:hub', 'https://id.example.org'].map(issuer => ({ issuer, keys: keySet })));

/** An authorization header of a county committee, or of another viewer. */
export async function bearer(
  scope = 'organisations:read imports:write',
  lifetime = '5m',
  { actor = 'tester', ...hub }: { actor?: string; role?: string; organisation?: string } = {},
  issuer = 'urn:hub',
): Promise<string> {
  const token = await new SignJWT({ scope, hub: { role: 'COMMITTEE', division: '220102', ...hub } })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience('hub')
    .setSubject(actor)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(privateKey);
  return `Bearer ${token}`;
}
