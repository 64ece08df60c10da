import { z } from 'zod';
import { addressesIn, httpUrls, safeUrl } from './env.ts';

/** As whom an issuer's tokens are those of the hub's own services: both have to be so, or a person who signs in by such a client would be one. */
export interface ServicesClient {
  client: string;
  subject: string;
}

/** Of the identity service. No administrator registers a client of that name: theirs never begin with `hub-`. */
const own = 'hub-services';
export const ownServices: ServicesClient = { client: own, subject: own };

/** What the services may do among themselves, whatever their token says. */
export const serviceScopes = ['changes:read', 'history:read'] as const;

/** Variables by which a service gets the token it follows others with. */
export const servicesEnv = {
  HUB_SERVICES_TOKEN_URL: httpUrls.optional(),
  HUB_SERVICES_CLIENT: z.string().min(1).optional(),
  HUB_SERVICES_SUBJECT: z.string().min(1).optional(),
  HUB_SERVICES_SECRET: z.string().min(1).optional(),
};

type ServicesEnv = z.infer<z.ZodObject<typeof servicesEnv>> & { HUB_ISSUER?: string };

/** Whose tokens a subgraph takes for those of the hub's own services. The gateway takes nobody's: by its door they do not come in. */
export function servicesBelieved({
  HUB_ISSUER,
  HUB_SERVICES_CLIENT: client,
  HUB_SERVICES_SUBJECT: subject = client,
}: ServicesEnv) {
  if (!HUB_ISSUER) return ownServices;
  return client && subject ? { client, subject } : undefined;
}

export interface Credentials {
  /** Of several processes side by side with commas. */
  tokenUrl: string;
  client: string;
  secret: string;
}

/** What a service asks for its token with; undefined where it was given nothing to ask with. */
export function credentialsIn(env: ServicesEnv): Credentials | undefined {
  const { HUB_ISSUER, HUB_SERVICES_TOKEN_URL: tokenUrl, HUB_SERVICES_SECRET: secret } = env;
  const client = HUB_ISSUER ? env.HUB_SERVICES_CLIENT : own;
  if (!tokenUrl || !secret || !client) return undefined;
  // The hub's own services are in one network; to others the secret travels further.
  if (HUB_ISSUER && !addressesIn(tokenUrl).every(url => safeUrl.safeParse(url).success))
    throw new Error('HUB_SERVICES_TOKEN_URL: must be https:// unless it is on this machine.');
  return { tokenUrl, client, secret };
}
