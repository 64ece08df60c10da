import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { askJson } from './ask-json.ts';
import { httpUrl, httpUrls, safeUrl } from './env.ts';
import { keysAway, remoteKeys } from './remote-keys.ts';
import type { ServicesClient } from './services-client.ts';
import { algorithms, audience, claimNames, installationIssuer, keySet, type Verify, verifierOf } from './token.ts';

const mapping = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('must be a JSON object, such as {"role":"realm.role","division":"dept_code"}');
      return z.NEVER;
    }
  })
  .pipe(z.strictObject(Object.fromEntries(Object.keys(claimNames).map(name => [name, z.string().min(1).optional()]))))
  .transform(given => ({ ...claimNames, ...given }));

/** Variables that say whose tokens are believed. */
export const issuerEnv = {
  /** The installation's own key set. */
  HUB_JWKS: z.url({ message: 'must be a file:// or http(s):// URL of the key set' }),
  /** The hub's identity service. */
  HUB_IDENTITY_ISSUER: httpUrl.optional(),
  HUB_IDENTITY_JWKS: httpUrls.optional(),
  /** Another issuer in its place. */
  HUB_ISSUER: safeUrl.optional(),
  HUB_ISSUER_JWKS: safeUrl.optional(),
  HUB_ISSUER_AUDIENCE: z.string().default(audience),
  HUB_ISSUER_CLAIMS: mapping.optional(),
};

type IssuerEnv = z.infer<z.ZodObject<typeof issuerEnv>>;

/** Other issuers sign with RSA more often than not. */
const foreignAlgorithms = [...algorithms, 'RS256', 'PS256'];

/** The keys an issuer's discovery document points to; found on first use, because it may start after the hub. */
function discoveredKeys(issuer: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const discover = async () => {
    const { value } = await askJson(new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`), {
      patience: 3_000,
    });
    const { issuer: says, jwks_uri } = value as { issuer: string; jwks_uri: string };
    if (says !== issuer) throw new Error('the discovery document is of another issuer');
    return remoteKeys(new URL(jwks_uri));
  };
  return async (header, token) => {
    keys ??= discover().catch(error => {
      keys = undefined;
      throw keysAway(error);
    });
    return (await keys)(header, token);
  };
}

/**
 * The check of bearer tokens as the environment asks for it: the installation's own, and those of one identity provider, among them
 * those of the hub's own services where they are believed.
 */
export async function verifierFrom(env: IssuerEnv, services?: ServicesClient): Promise<Verify> {
  const keys = await keySet(env.HUB_JWKS).catch(() => {
    throw new Error(`The key set cannot be read at ${env.HUB_JWKS} (HUB_JWKS).`);
  });
  const installation = { issuer: installationIssuer, keys };
  if (env.HUB_ISSUER) {
    const foreign = env.HUB_ISSUER_JWKS ? await keySet(env.HUB_ISSUER_JWKS) : discoveredKeys(env.HUB_ISSUER);
    const other = {
      issuer: env.HUB_ISSUER,
      keys: foreign,
      audience: env.HUB_ISSUER_AUDIENCE,
      claims: env.HUB_ISSUER_CLAIMS,
      services,
    };
    return verifierOf([installation, { ...other, algorithms: foreignAlgorithms }]);
  }
  if (!env.HUB_IDENTITY_ISSUER) return verifierOf([installation]);
  const issuer = env.HUB_IDENTITY_ISSUER;
  const own = await keySet(env.HUB_IDENTITY_JWKS ?? `${issuer}/jwks`);
  return verifierOf([installation, { issuer, isIdentity: true, keys: own, services }]);
}
