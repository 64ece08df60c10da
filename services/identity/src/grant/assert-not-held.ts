import { HubError } from '@hub/kit/errors';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Grant } from './grant.ts';

type Given = Pick<Grant, 'role' | 'division' | 'organisationId' | 'scopes' | 'validFrom' | 'validTo' | 'accountId' | 'clientId'>;

const end = ({ validTo }: Pick<Given, 'validTo'>) => validTo?.getTime() ?? Number.POSITIVE_INFINITY;

const sorted = ({ scopes }: Pick<Given, 'scopes'>) => scopes.toSorted().join(' ');

/** Refuses what its holder has already for all of that time: of two equal grants one would stay when the other is revoked. */
export async function assertNotHeld(em: EntityManager, given: Given): Promise<void> {
  const { role, division, organisationId = null, accountId = null, clientId = null } = given;
  const held = await em.find(Grant, { role, division, organisationId, accountId, clientId, revokedAt: null });
  const same = held.find(each => each.validFrom <= given.validFrom && end(each) >= end(given) && sorted(each) === sorted(given));
  if (same)
    throw new HubError(
      'CONFLICT',
      `This is granted already, by the grant ${same.id}: revoke that one to give it anew (已有相同授权).`,
    );
}
