import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { openClaim } from './open-claim.ts';
import type { WithdrawOrganisationClaim } from './organisation-claim.input.ts';
import { type OrganisationClaim, OrganisationClaimState } from './organisation-claim.ts';

/** Takes a claim back: only who made it does, the committees above decline it. */
export async function withdrawOrganisationClaim(
  { em, viewer }: Context,
  { id, expectedVersion }: WithdrawOrganisationClaim,
): Promise<OrganisationClaim> {
  const claim = await openClaim(em, id, expectedVersion);
  if (viewer.division !== claim.divisionCode)
    throw new HubError(
      'FORBIDDEN',
      `Only the committee of ${claim.divisionCode}, which made the claim, withdraws it: decline it instead (只有申请方${claim.divisionCode}可以撤回，上级请驳回).`,
    );
  claim.state = OrganisationClaimState.WITHDRAWN;
  claim.decidedAt = new Date();
  await em.flush();
  return claim;
}
