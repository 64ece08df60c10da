import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { mention } from '@hub/kit/reference';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MediaAccount } from '../media-account/media-account.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { ContentItemFilter, ContentItemOrder, CreateContentItem, UpdateContentItem } from './content-item.input.ts';
import { ContentItem, ContentItemConnection } from './content-item.ts';

export const orders: Record<ContentItemOrder, Order<ContentItem>> = {
  PUBLISHED_DESC: [['publishedOn', 'desc']],
  TITLE_ASC: [['sortKey', 'asc']],
};

export function matching({ division, search, publishedFrom, publishedTo, ...exact }: ContentItemFilter = {}) {
  return {
    ...exact,
    ...(division && within(division)),
    ...((publishedFrom || publishedTo) && {
      publishedOn: { ...(publishedFrom && { $gte: publishedFrom }), ...(publishedTo && { $lte: publishedTo }) },
    }),
    ...searching(ContentItem, search),
  } as FilterQuery<ContentItem>;
}

@Resolver(() => ContentItem)
export class ContentItemResolver {
  @Authorized('campaigns:read')
  @Query(() => ContentItem, { nullable: true, description: 'One item of your slice (单项宣传内容).' })
  contentItem(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(ContentItem, id);
  }

  @Authorized('campaigns:read')
  @Query(() => ContentItemConnection, { nullable: true, description: 'Items whose publishers are of your slice (宣传内容列表).' })
  contentItems(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => ContentItemFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: ContentItemFilter,
    @Arg('orderBy', () => ContentItemOrder, {
      defaultValue: ContentItemOrder.PUBLISHED_DESC,
      description: 'In this order (排序).',
    })
    orderBy: ContentItemOrder,
    @Ctx() context: Context,
  ): Page<ContentItem> {
    return list(context, ContentItem, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('campaigns:write')
  @Mutation(() => ContentItem, {
    description: 'Enters a published item. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN (新建宣传内容).',
  })
  async createContentItem(
    @Arg('input', () => CreateContentItem, { description: 'The item (内容).' })
    { organisationId, accountId, ...input }: CreateContentItem,
    @Ctx() context: Context,
  ) {
    const account = accountId ? await context.em.findOneOrFail(MediaAccount, accountId) : null;
    const organisation = await mention(context, organisationReference, organisationId);
    const { divisionCode } = organisation;
    const item = context.em.create(ContentItem, { ...input, account, organisation, divisionCode });
    await context.em.flush();
    return item;
  }

  @Authorized('campaigns:write')
  @Mutation(() => ContentItem, {
    description: 'Changes an item. Errors: NOT_FOUND, VERSION_MISMATCH, INVALID_INPUT, FORBIDDEN (修改宣传内容).',
  })
  async updateContentItem(
    @Arg('input', () => UpdateContentItem, { description: 'The changes (修改内容).' })
    { id, expectedVersion, accountId, ...changes }: UpdateContentItem,
    @Ctx() { em }: Context,
  ) {
    const account = accountId ? await em.findOneOrFail(MediaAccount, accountId) : (accountId as null | undefined);
    const item = await forChange(em, ContentItem, id, expectedVersion);
    em.assign(item, { ...changes, account }, { ignoreUndefined: true });
    await em.flush();
    return item;
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: ContentItem, @Ctx() context: Context) {
    return history(context, 'content_item', id);
  }
}
