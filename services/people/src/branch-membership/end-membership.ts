import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { todayInChina } from '@hub/kit/possible-date';
import type { EndMembership } from './branch-membership.input.ts';
import { BranchMembership } from './branch-membership.ts';

/** Ends a membership that is living. */
export async function endMembership({ em }: Context, { id, expectedVersion, leftOn, reason }: EndMembership) {
  const membership = await forChange(em, BranchMembership, id, expectedVersion);
  if (membership.leftOn) throw new HubError('NOT_ALLOWED', 'The membership has ended already.');
  if (leftOn < membership.joinedOn)
    throw new HubError('INVALID_INPUT', `The end, ${leftOn}, is before the membership began, ${membership.joinedOn}.`);
  if (leftOn > todayInChina()) throw new HubError('INVALID_INPUT', `${leftOn} is in the future (日期晚于今天).`);
  em.assign(membership, { leftOn, leaveReason: reason });
  await em.flush();
  return membership;
}
