import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { hasDuplicateNames } from './duplicate-names.ts';
import { addressesIn } from './env.ts';
import { HubError } from './errors.ts';
import { log } from './log.ts';
import { remoteKeys } from './remote-keys.ts';
import { type ServicesClient, serviceScopes } from './services-client.ts';
import { isDivisionCode, type Role, roles, type Viewer } from './viewer.ts';

export const audience = 'hub';
/** Issuer of the installation's own tokens: operators' commands and what the hub's processes send each other. */
export const installationIssuer = 'urn:hub';
export type Algorithm = 'EdDSA' | 'ES256';
/** Signature algorithms accepted, whatever the key set says. */
export const algorithms: Algorithm[] = ['EdDSA', 'ES256'];
/** What the hub's own new keys sign with: verified in two thirds of the time of EdDSA, in every process a request comes to. */
export const ownAlgorithm: Algorithm = 'ES256';

const personal = 'people:personal';
const administration = ['accounts:read', 'accounts:write'];

const viewerShape = z
  .object({
    sub: z.string().min(1).max(200),
    scope: z
      .union([z.string(), z.array(z.string()).transform(scopes => scopes.join(' '))])
      .pipe(z.string().max(2000))
      .default(''),
    role: z.enum(roles),
    division: z.string().refine(isDivisionCode),
    organisation: z.uuid().optional(),
    signedInAt: z.number().optional(),
  })
  .refine(({ role, organisation }) => Boolean(organisation) === (role === 'ORGANISATION' || role === 'PARTNER'));

/** Where in a token the claims of the hub stand; a dot leads into an object. */
export interface ClaimNames {
  role: string;
  division: string;
  organisation: string;
  scope: string;
}
export const claimNames: ClaimNames = {
  role: 'hub.role',
  division: 'hub.division',
  organisation: 'hub.organisation',
  scope: 'scope',
};

/** Somebody whose tokens are believed, and how to read them. */
export interface Issuer {
  issuer: string;
  keys: JWTVerifyGetKey;
  audience?: string;
  algorithms?: string[];
  claims?: ClaimNames;
  /** The hub's own identity service, whose subjects are accounts and API clients. */
  isIdentity?: boolean;
  /** Whose tokens are those of the hub's own services. */
  services?: ServicesClient;
}

export type Verify = (authorization: string | undefined) => Promise<Viewer>;

/** Opens a key set at `https://…` or `http://…`, several with commas, or `file://…` (a file is read once, at start). */
export async function keySet(location: string): Promise<JWTVerifyGetKey> {
  const urls = addressesIn(location).map(each => new URL(each));
  if (urls[0]!.protocol !== 'file:') return remoteKeys(...urls);
  return createLocalJWKSet(JSON.parse(await readFile(urls[0]!, 'utf8')) as JSONWebKeySet);
}

/** A claim by its own name, or else by the path its dots make. */
function claim(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  let value: unknown = payload;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Subjects of accounts, clients, operators and other issuers are names of different people, whatever they have in common. */
function actorOf(subject: string, role: Role, payload: JWTPayload, { issuer, isIdentity }: Issuer): string {
  if (issuer === installationIssuer) return `${role === 'SERVICE' ? 'service' : 'operator'}:${subject}`;
  if (isIdentity) return `${payload.client_id === subject ? 'client' : 'account'}:${subject}`;
  return `${issuer}|${subject}`;
}

/** What they may do the hub says itself: of the token only whose it is counts. */
const servicesViewer = (subject: string): Viewer => ({
  actor: `service:${subject}`,
  role: 'SERVICE',
  division: '000000',
  scopes: new Set(serviceScopes),
});

const isOfServices = (payload: JWTPayload, { services }: Issuer) =>
  services !== undefined && payload.sub === services.subject && (payload.client_id ?? payload.azp) === services.client;

function viewerOf(payload: JWTPayload, trusted: Issuer): Viewer {
  if (isOfServices(payload, trusted)) return servicesViewer(payload.sub!);
  const { issuer, claims = claimNames } = trusted;
  const { sub, scope, role, division, organisation, signedInAt } = viewerShape.parse({
    sub: payload.sub,
    signedInAt: trusted.isIdentity ? payload.auth_time : undefined,
    ...Object.fromEntries(Object.entries(claims).map(([name, at]) => [name, claim(payload, at) ?? undefined])),
  });
  // What the hub's processes may do among themselves nobody who signs in may do, whatever an issuer says.
  if (role === 'SERVICE' && issuer !== installationIssuer) throw new Error('not an issuer of service tokens');
  const scopes = new Set(scope.split(' ').filter(Boolean));
  if (role === 'PARTNER' || role === 'REPORTING') scopes.delete(personal);
  if (role !== 'COMMITTEE') for (const each of administration) scopes.delete(each);
  return { actor: actorOf(sub, role, payload, trusted), role, division, organisation, scopes, signedInAt };
}

interface Admitted {
  viewer: Viewer;
  until: number;
}

/** A token that was found good stays good for this long without its signature being checked again, milliseconds. */
const remembered = 30_000;
const mostRemembered = 2_000;

/** Seconds. */
const clockTolerance = 5;

/** In which way a token is not good: enough for its holder to know what to do, and nothing about keys or claims. */
export type Refused = 'MISSING' | 'MALFORMED' | 'EXPIRED' | 'NOT_OURS';

const advice: Record<Refused, string> = {
  MISSING: 'An access token is required: send it as Authorization: Bearer … (缺少访问令牌).',
  MALFORMED: 'The access token is not one: send it whole, as it was given out (访问令牌格式不正确).',
  EXPIRED: 'The access token has expired: sign in or fetch a new one (访问令牌已过期).',
  NOT_OURS: 'The access token is not one for this hub: sign in here, or use a token of its issuer (访问令牌不属于本枢纽).',
};

function refusal(authorization: string | undefined, error: unknown): HubError {
  const { code, message } = error as { code?: string; message?: string };
  const isToken = /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/i.test(authorization ?? '');
  const isExpired = code === 'ERR_JWT_EXPIRED';
  const reason: Refused = !authorization ? 'MISSING' : isExpired ? 'EXPIRED' : isToken ? 'NOT_OURS' : 'MALFORMED';
  // Why exactly is for whoever runs the hub: a wrong audience, key or claim. Nothing of the token itself is told.
  if (reason !== 'MISSING') log.info({ reason, code, why: String(message).slice(0, 200) }, 'token refused');
  return new HubError('UNAUTHENTICATED', advice[reason], { reason });
}

/** Makes the check of a bearer token: issuer, signature, audience, `typ`, times and claims. */
export function verifierOf(issuers: readonly Issuer[]): Verify {
  const admitted = new Map<string, Admitted>();
  return async authorization => {
    try {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
      if (!token || token.length > 8_000) throw new Error('no bearer token');
      const known = admitted.get(token);
      if (known && known.until > Date.now()) return known.viewer;
      const [header = '', claims = ''] = token.split('.').map(part => Buffer.from(part, 'base64url').toString());
      if (hasDuplicateNames(header) || hasDuplicateNames(claims)) throw new Error('a name is given twice');
      const { iss } = JSON.parse(claims) as JWTPayload;
      const trusted = issuers.find(({ issuer }) => issuer === iss);
      if (!trusted) throw new Error('not an issuer of ours');
      const { payload } = await jwtVerify(token, trusted.keys, {
        issuer: trusted.issuer,
        audience: trusted.audience ?? audience,
        algorithms: trusted.algorithms ?? algorithms,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'sub'],
        // Another issuer's clock may be a little ahead of ours.
        clockTolerance: trusted.issuer === installationIssuer || trusted.isIdentity ? 0 : clockTolerance,
      });
      const viewer = viewerOf(payload, trusted);
      if (admitted.size >= mostRemembered) admitted.clear();
      admitted.set(token, { viewer, until: Math.min(payload.exp! * 1000, Date.now() + remembered) });
      return viewer;
    } catch (error) {
      // Keys that cannot be read say nothing of the token.
      if (error instanceof HubError) throw error;
      throw refusal(authorization, error);
    }
  };
}

/** The check of the tokens of one issuer. */
export const tokenVerifier = (keys: JWTVerifyGetKey, issuer: string): Verify => verifierOf([{ issuer, keys }]);
