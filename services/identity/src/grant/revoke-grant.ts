import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import type { RevokeGrant } from './grant.input.ts';
import { Grant } from './grant.ts';
import { holderOf } from './holder-of.ts';
import { assertMayRevoke } from './rights.ts';

/** Ends a grant; the database ends the sign-ins that rest on it in the same transaction (see the first migration). */
export async function revokeGrant({ em, viewer }: Context, { id, expectedVersion, reason }: RevokeGrant): Promise<Grant> {
  const grant = await forChange(em, Grant, id, expectedVersion);
  assertMayRevoke(viewer, await holderOf(em, grant), grant);
  if (grant.revokedAt) throw new HubError('NOT_ALLOWED', 'The grant is revoked already.');
  await becauseOf(em, reason);
  em.assign(grant, { revokedAt: new Date(), revokedBy: viewer.actor, revocationReason: reason });
  await em.flush();
  return grant;
}
