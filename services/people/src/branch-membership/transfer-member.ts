import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { mention } from '@hub/kit/reference';
import { branchReference } from '../branch/branch.ts';
import { flush } from '../flush.ts';
import type { TransferMember } from './branch-membership.input.ts';
import { BranchMembership } from './branch-membership.ts';
import { endMembership } from './end-membership.ts';

/** Moves a member to another branch: the old membership ends with the reason, a new one begins and remembers where they came from. */
export async function transferMember(
  context: Context,
  { branchId, transferredOn, ...end }: TransferMember,
): Promise<BranchMembership> {
  const branch = await mention(context, branchReference, branchId);
  // Written before the new one begins: the database allows one living membership at each moment.
  const former = await endMembership(context, { ...end, leftOn: transferredOn });
  if (former.branch.id === branch.id) throw new HubError('CONFLICT', 'The person is a member of this branch already.');
  const membership = context.em.create(BranchMembership, {
    person: former.person,
    branch,
    status: former.status,
    joinedOn: transferredOn,
    transferredFrom: former.branch,
    divisionCode: former.divisionCode,
  });
  await flush(context.em);
  return membership;
}
