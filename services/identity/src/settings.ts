import { databaseUrl, httpUrl, httpUrls, noOwner, port } from '@hub/kit/env';
import { servicesEnv } from '@hub/kit/services-client';
import { trustedProxies } from '@hub/kit/trusted-proxies';
import { z } from 'zod';
import { demands } from './factor/demand.ts';
import { accessTokenLife } from './provider/access-token-life.ts';

/** What the identity service is told; the launcher looks at it before it starts anything. */
export const identitySettings = {
  DATABASE_URL_IDENTITY: databaseUrl,
  MIGRATE_URL_IDENTITY: noOwner,
  HUB_PUBLIC_URL: httpUrl,
  HUB_JWKS: z.url({ message: 'must be a file:// or http(s):// URL of the key set' }),
  HUB_TOKEN_SECONDS: z.coerce.number().int().min(5).max(accessTokenLife).default(accessTokenLife),
  HUB_IDLE_MINUTES: z.coerce.number().int().min(10).max(480).default(60),
  HUB_STEP_UP_MINUTES: z.coerce.number().int().min(1).max(480).default(15),
  HUB_SECOND_FACTOR: z.enum(demands, { message: `must be one of ${demands.join(', ')}` }).default('none'),
  HUB_URL_ORGANISATIONS: httpUrls.optional(),
  ...servicesEnv,
  HUB_TRUSTED_PROXIES: trustedProxies,
  HOST: z.string().default('127.0.0.1'),
  PORT: port(0),
};
