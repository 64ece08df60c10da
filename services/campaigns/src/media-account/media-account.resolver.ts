import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mentionPersonOrOrganisation } from '../person-or-organisation/mention-person-or-organisation.ts';
import { CreateMediaAccount, MediaAccountFilter, MediaAccountOrder, UpdateMediaAccount } from './media-account.input.ts';
import { MediaAccount, MediaAccountConnection } from './media-account.ts';

export const orders: Record<MediaAccountOrder, Order<MediaAccount>> = {
  HANDLE_ASC: [['sortKey', 'asc']],
  CREATED_DESC: [['createdAt', 'desc']],
};

export function matching({ division, search, ...exact }: MediaAccountFilter = {}): FilterQuery<MediaAccount> {
  return {
    ...exact,
    ...(division && within(division)),
    ...searching(MediaAccount, search),
  };
}

@Resolver(() => MediaAccount)
export class MediaAccountResolver {
  @Authorized('campaigns:read')
  @Query(() => MediaAccount, { nullable: true, description: 'One account of your slice (单个新媒体账号).' })
  mediaAccount(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(MediaAccount, id);
  }

  @Authorized('campaigns:read')
  @Query(() => MediaAccountConnection, { nullable: true, description: 'Accounts of your slice (新媒体账号列表).' })
  mediaAccounts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => MediaAccountFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: MediaAccountFilter,
    @Arg('orderBy', () => MediaAccountOrder, { defaultValue: MediaAccountOrder.HANDLE_ASC, description: 'In this order (排序).' })
    orderBy: MediaAccountOrder,
    @Ctx() context: Context,
  ): Page<MediaAccount> {
    return list(context, MediaAccount, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('campaigns:write')
  @Mutation(() => MediaAccount, {
    description: 'Enters an account. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN, CONFLICT when it is on file (新建新媒体账号).',
  })
  async createMediaAccount(
    @Arg('input', () => CreateMediaAccount, { description: 'The account (账号).' })
    { personId, organisationId, ...input }: CreateMediaAccount,
    @Ctx() context: Context,
  ) {
    const owner = await mentionPersonOrOrganisation(context, { personId, organisationId });
    const account = context.em.create(MediaAccount, { ...input, ...owner });
    await context.em.flush();
    return account;
  }

  @Authorized('campaigns:write')
  @Mutation(() => MediaAccount, {
    description: 'Changes an account. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, CONFLICT (修改新媒体账号).',
  })
  async updateMediaAccount(
    @Arg('input', () => UpdateMediaAccount, { description: 'The changes (修改内容).' })
    { id, expectedVersion, ...changes }: UpdateMediaAccount,
    @Ctx() { em }: Context,
  ) {
    const account = em.assign(await forChange(em, MediaAccount, id, expectedVersion), changes, { ignoreUndefined: true });
    await em.flush();
    return account;
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: MediaAccount, @Ctx() context: Context) {
    return history(context, 'media_account', id);
  }
}
