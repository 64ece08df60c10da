import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AllowedAction, allowedActions } from '../allowed-action/allowed-action.ts';
import { nominate, updateNomination } from './nominate.ts';
import { CreateNomination, DecideNomination, NominationFilter, NominationOrder, UpdateNomination } from './nomination.input.ts';
import { Nomination, NominationConnection } from './nomination.ts';
import { nominationRefusal, nominationSteps } from './nomination-states.ts';
import { standingOf } from './standing.ts';
import { decideNomination } from './take-step.ts';

export const orders: Record<NominationOrder, Order<Nomination>> = {
  CREATED_DESC: [['createdAt', 'desc']],
  CATEGORY_ASC: [['category', 'asc']],
};

export const matching = ({ division, ...exact }: NominationFilter = {}): FilterQuery<Nomination> => ({
  ...exact,
  ...(division && within(division)),
});

@Resolver(() => Nomination)
export class NominationResolver {
  @Authorized('campaigns:read')
  @Query(() => Nomination, { nullable: true, description: 'One nomination of your slice (单个推荐).' })
  nomination(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Nomination, id);
  }

  @Authorized('campaigns:read')
  @Query(() => NominationConnection, { nullable: true, description: 'Nominations whose nominees are of your slice (推荐列表).' })
  nominations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => NominationFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: NominationFilter,
    @Arg('orderBy', () => NominationOrder, { defaultValue: NominationOrder.CREATED_DESC, description: 'In this order (排序).' })
    orderBy: NominationOrder,
    @Ctx() context: Context,
  ): Page<Nomination> {
    return list(context, Nomination, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('campaigns:write')
  @Mutation(() => Nomination, {
    description:
      'Enters a nomination as a draft. Errors: NOT_FOUND, INVALID_INPUT, NOT_ALLOWED, FORBIDDEN, CONFLICT when the nominee stands in this category already (新建推荐).',
  })
  createNomination(
    @Arg('input', () => CreateNomination, { description: 'The nomination (推荐).' }) input: CreateNomination,
    @Ctx() context: Context,
  ) {
    return nominate(context, input);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Nomination, {
    description: 'Changes a draft. Errors: NOT_FOUND, VERSION_MISMATCH, CONFLICT, NOT_ALLOWED once submitted (修改推荐).',
  })
  updateNomination(
    @Arg('input', () => UpdateNomination, { description: 'The changes (修改内容).' }) input: UpdateNomination,
    @Ctx() context: Context,
  ) {
    return updateNomination(context, input);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Nomination, {
    description:
      'Takes a nomination one step on: the nominee and its committee submit and withdraw, the committee of the campaign decides. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED (处理推荐).',
  })
  decideNomination(
    @Arg('input', () => DecideNomination, { description: 'The step (操作).' }) input: DecideNomination,
    @Ctx() context: Context,
  ) {
    return decideNomination(context, input);
  }

  @FieldResolver(() => [AllowedAction], { description: 'What you may do with it now; see NominationAction (可执行操作).' })
  async allowedActions(@Root() nomination: Nomination, @Ctx() context: Context) {
    const standing = await standingOf(context, nomination);
    return allowedActions(nominationSteps, action => nominationRefusal(context.viewer, standing, action));
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Nomination, @Ctx() context: Context) {
    return history(context, 'nomination', id);
  }
}
