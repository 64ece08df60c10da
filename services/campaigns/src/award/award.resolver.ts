import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AwardFilter, AwardOrder, ConferAward, RevokeAward, UpdateAward } from './award.input.ts';
import { Award, AwardConnection } from './award.ts';
import { conferAward, revokeAward, updateAward } from './confer-award.ts';

export const orders: Record<AwardOrder, Order<Award>> = {
  CONFERRED_DESC: [['conferredOn', 'desc']],
  TITLE_ASC: [['sortKey', 'asc']],
};

export function matching({ division, search, conferredFrom, conferredTo, revoked, ...exact }: AwardFilter = {}) {
  return {
    ...exact,
    ...(division && within(division)),
    ...((conferredFrom || conferredTo) && {
      conferredOn: { ...(conferredFrom && { $gte: conferredFrom }), ...(conferredTo && { $lte: conferredTo }) },
    }),
    ...(revoked != null && { revokedOn: revoked ? { $ne: null } : null }),
    ...searching(Award, search),
  } as FilterQuery<Award>;
}

@Resolver(() => Award)
export class AwardResolver {
  @Authorized('campaigns:read')
  @Query(() => Award, { nullable: true, description: 'One award of your slice (单项荣誉).' })
  award(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Award, id);
  }

  @Authorized('campaigns:read')
  @Query(() => AwardConnection, { nullable: true, description: 'Awards whose recipients are of your slice (荣誉列表).' })
  awards(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => AwardFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: AwardFilter,
    @Arg('orderBy', () => AwardOrder, { defaultValue: AwardOrder.CONFERRED_DESC, description: 'In this order (排序).' })
    orderBy: AwardOrder,
    @Ctx() context: Context,
  ): Page<Award> {
    return list(context, Award, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('campaigns:write')
  @Mutation(() => Award, {
    description:
      'Confers an award; needs the committee of the campaign. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN, NOT_ALLOWED, CONFLICT when the certificate number is taken (授予荣誉).',
  })
  conferAward(
    @Arg('input', () => ConferAward, { description: 'The award (荣誉).' }) input: ConferAward,
    @Ctx() context: Context,
  ) {
    return conferAward(context, input);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Award, {
    description:
      'Corrects an award. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, CONFLICT, NOT_ALLOWED once revoked (更正荣誉).',
  })
  updateAward(
    @Arg('input', () => UpdateAward, { description: 'The corrections (更正内容).' }) input: UpdateAward,
    @Ctx() context: Context,
  ) {
    return updateAward(context, input);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Award, {
    description: 'Revokes an award. Errors: NOT_FOUND, VERSION_MISMATCH, INVALID_INPUT, FORBIDDEN, NOT_ALLOWED (撤销荣誉).',
  })
  revokeAward(
    @Arg('input', () => RevokeAward, { description: 'Which, when and why (撤销内容).' }) input: RevokeAward,
    @Ctx() context: Context,
  ) {
    return revokeAward(context, input);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Award, @Ctx() context: Context) {
    return history(context, 'award', id);
  }
}
