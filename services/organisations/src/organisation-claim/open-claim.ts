import { forChange } from '@hub/kit/change';
import { HubError } from '@hub/kit/errors';
import type { EntityManager } from '@mikro-orm/postgresql';
import { OrganisationClaim, OrganisationClaimState } from './organisation-claim.ts';

/** Loads a claim to end it, whichever way. What was ended stays as it is: whoever claims again makes a new claim. */
export async function openClaim(em: EntityManager, id: string, expectedVersion: number): Promise<OrganisationClaim> {
  const claim = await forChange(em, OrganisationClaim, id, expectedVersion);
  if (claim.state !== OrganisationClaimState.OPEN)
    throw new HubError(
      'NOT_ALLOWED',
      `The claim to ${claim.creditCode} is ${claim.state} and no longer open: a new claim can be made (该认领已处理，状态为${claim.state}，可重新申请).`,
    );
  return claim;
}
