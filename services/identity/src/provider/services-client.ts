import { createHash, timingSafeEqual } from 'node:crypto';
import { ownServices, serviceScopes } from '@hub/kit/services-client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type ClientMetadata, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { asService } from '../as-service.ts';
import { isSecret } from '../client/client-secret.ts';

/**
 * The client of the hub's own services. It stands in no table and no administrator makes, sees or changes it: whoever set the secret runs
 * the hub. Without a secret there is no such client.
 */
export const servicesClients = (secret: string | undefined): ClientMetadata[] =>
  secret === undefined
    ? []
    : [
        {
          client_id: ownServices.client,
          client_secret: secret,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          token_endpoint_auth_method: 'client_secret_basic',
        },
      ];

export const isServices = (clientId: string | undefined): boolean => clientId === ownServices.client;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

interface Kept {
  orm: MikroORM;
  servicesSecret?: string;
}

/** Whether it is the secret of a client: that of the services is in the settings, all others are in the database as hashes. */
export async function isClientSecret({ orm, servicesSecret }: Kept, clientId: string, given: string): Promise<boolean> {
  if (!isServices(clientId)) return asService(orm, em => isSecret(em, clientId, given));
  return servicesSecret !== undefined && timingSafeEqual(hashOf(servicesSecret), hashOf(given));
}

/** What its token says. It is given to nobody who came by the gateway, so that a secret that got out opens nothing from outside. */
export function servicesClaims(ctx: KoaContextWithOIDC): { scope: string; hub: object } {
  if (ctx.get('x-hub-door')) throw new errors.UnauthorizedClient('not from outside');
  return { scope: serviceScopes.join(' '), hub: { role: 'SERVICE', division: '000000' } };
}
