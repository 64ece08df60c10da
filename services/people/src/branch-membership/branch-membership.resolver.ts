import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page } from '@hub/kit/page';
import { mention } from '@hub/kit/reference';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { branchReference } from '../branch/branch.ts';
import { flush } from '../flush.ts';
import { checkedInput } from '../person/checked-input.ts';
import { Person } from '../person/person.ts';
import {
  CreateMembership,
  EndMembership,
  MembershipArgs,
  MembershipFilter,
  MembershipOrder,
  TransferMember,
  UpdateMembership,
} from './branch-membership.input.ts';
import { BranchMembership, BranchMembershipConnection } from './branch-membership.ts';
import { endMembership } from './end-membership.ts';
import { checkJoiningDate } from './joining-date.ts';
import { transferMember } from './transfer-member.ts';

const orders: Record<MembershipOrder, Order<BranchMembership>> = {
  JOINED_DESC: [['joinedOn', 'desc']],
  JOINED_ASC: [['joinedOn', 'asc']],
  CREATED_DESC: [['createdAt', 'desc']],
};

const matching = ({ division, personId, branchId, living, ...exact }: MembershipFilter): FilterQuery<BranchMembership> => ({
  ...exact,
  ...(division && within(division)),
  ...(personId && { person: personId }),
  ...(branchId && { branch: branchId }),
  ...(living != null && { leftOn: living ? null : { $ne: null } }),
});

@Resolver(() => BranchMembership)
export class BranchMembershipResolver {
  @Authorized('people:read')
  @Query(() => BranchMembership, { nullable: true, description: 'One membership of your slice (单个党员关系).' })
  branchMembership(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(BranchMembership, id);
  }

  @Authorized('people:read')
  @Query(() => BranchMembershipConnection, { nullable: true, description: 'Memberships of your slice (党员关系列表).' })
  branchMemberships(
    @Args(() => MembershipArgs) { where, orderBy, ...page }: MembershipArgs,
    @Ctx() context: Context,
  ): Page<BranchMembership> {
    return list(context, BranchMembership, { page, where: matching(where ?? {}), orderBy: orders[orderBy] });
  }

  @Authorized('people:write')
  @Mutation(() => BranchMembership, {
    description:
      'Enters a membership. Errors: INVALID_INPUT, NOT_FOUND for the person or the branch, CONFLICT when the person is a member already (登记支部党员).',
  })
  async createMembership(
    @Arg('input', () => CreateMembership, { description: 'The membership (党员关系).' })
    { personId, branchId, ...input }: CreateMembership,
    @Ctx() context: Context,
  ) {
    const person = await context.em.findOneOrFail(Person, personId);
    checkedInput('joinedOn', joinedOn => checkJoiningDate(joinedOn, person.birthYear), input.joinedOn);
    const branch = await mention(context, branchReference, branchId);
    const membership = context.em.create(BranchMembership, { ...input, person, branch, divisionCode: person.divisionCode });
    await flush(context.em);
    return membership;
  }

  @Authorized('people:write')
  @Mutation(() => BranchMembership, {
    description:
      'Changes a living membership. Errors: INVALID_INPUT, NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED once it ended (修改党员关系，转正).',
  })
  async updateMembership(
    @Arg('input', () => UpdateMembership, { description: 'The changes (变更内容).' })
    { id, expectedVersion, ...changes }: UpdateMembership,
    @Ctx() { em }: Context,
  ) {
    const membership = await forChange(em, BranchMembership, id, expectedVersion);
    if (membership.leftOn) throw new HubError('NOT_ALLOWED', 'The membership has ended; it stays as it was.');
    if (changes.joinedOn != null) {
      const { birthYear } = await em.findOneOrFail(Person, membership.person.id);
      checkedInput('joinedOn', joinedOn => checkJoiningDate(joinedOn, birthYear), changes.joinedOn);
    }
    em.assign(membership, changes, { ignoreUndefined: true });
    await em.flush();
    return membership;
  }

  @Authorized('people:write')
  @Mutation(() => BranchMembership, {
    description:
      'Moves a member to another branch and answers the new membership. Errors: NOT_FOUND, CONFLICT when it is the same branch, VERSION_MISMATCH, NOT_ALLOWED once it ended (组织关系转接).',
  })
  transferMember(
    @Arg('input', () => TransferMember, { description: 'The transfer (转接内容).' }) input: TransferMember,
    @Ctx() context: Context,
  ) {
    return transferMember(context, input);
  }

  @Authorized('people:write')
  @Mutation(() => BranchMembership, {
    description: 'Ends a membership. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED, INVALID_INPUT (党员关系终止).',
  })
  endMembership(
    @Arg('input', () => EndMembership, { description: 'The end (终止内容).' }) input: EndMembership,
    @Ctx() context: Context,
  ) {
    return endMembership(context, input);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: BranchMembership, @Ctx() context: Context) {
    return history(context, 'branch_membership', id);
  }
}

@Resolver(() => Person)
export class PersonMemberships {
  @FieldResolver(() => BranchMembershipConnection, { description: 'Their memberships of branches (历次党员关系).' })
  memberships(
    @Root() { id }: Person,
    @Args(() => MembershipArgs) { where, orderBy, ...page }: MembershipArgs,
    @Ctx() context: Context,
  ): Page<BranchMembership> {
    return list(context, BranchMembership, {
      page,
      of: { person: id },
      where: matching(where ?? {}),
      orderBy: orders[orderBy],
    });
  }
}
