import { Context } from '@hub/kit/context';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { MediaAccount } from '../media-account/media-account.ts';
import { Organisation } from '../organisation/organisation.ts';
import { ContentItemFilter, ContentItemOrder } from './content-item.input.ts';
import { matching, orders } from './content-item.resolver.ts';
import { ContentItem, ContentItemConnection } from './content-item.ts';

/** The field `contentItems` of another type. */
function contentOf<T extends object>(type: ClassType<T>, description: string, having: (of: T) => FilterQuery<ContentItem>) {
  @Resolver(() => type)
  class ContentItems {
    @FieldResolver(() => ContentItemConnection, { nullable: true, description })
    contentItems(
      @Root() of: T,
      @Args(() => PageArgs) page: PageArgs,
      @Arg('where', () => ContentItemFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: ContentItemFilter,
      @Arg('orderBy', () => ContentItemOrder, {
        defaultValue: ContentItemOrder.PUBLISHED_DESC,
        description: 'In this order (排序).',
      })
      orderBy: ContentItemOrder,
      @Ctx() context: Context,
    ): Page<ContentItem> {
      return list(context, ContentItem, { page, of: having(of), where: matching(where), orderBy: orders[orderBy] });
    }
  }
  return ContentItems;
}

export const contentItemFields = [
  contentOf(MediaAccount, 'What appeared on the account (账号发布内容).', ({ id }) => ({ account: id })),
  contentOf(Organisation, 'What the organisation published (企业发布内容).', ({ id }) => ({ organisation: id })),
  contentOf(Division, 'What was published in the division and those below it (辖区宣传内容).', ({ code }) => within(code)),
];
