import { Context } from '@hub/kit/context';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { Organisation } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';
import { MediaAccountFilter, MediaAccountOrder } from './media-account.input.ts';
import { matching, orders } from './media-account.resolver.ts';
import { MediaAccount, MediaAccountConnection } from './media-account.ts';

/** The field `mediaAccounts` of another type. */
function accountsOf<T extends object>(type: ClassType<T>, description: string, having: (of: T) => FilterQuery<MediaAccount>) {
  @Resolver(() => type)
  class MediaAccounts {
    @FieldResolver(() => MediaAccountConnection, { nullable: true, description })
    mediaAccounts(
      @Root() of: T,
      @Args(() => PageArgs) page: PageArgs,
      @Arg('where', () => MediaAccountFilter, { nullable: true, description: 'Only these (筛选条件).' })
      where: MediaAccountFilter,
      @Arg('orderBy', () => MediaAccountOrder, {
        defaultValue: MediaAccountOrder.HANDLE_ASC,
        description: 'In this order (排序).',
      })
      orderBy: MediaAccountOrder,
      @Ctx() context: Context,
    ): Page<MediaAccount> {
      return list(context, MediaAccount, { page, of: having(of), where: matching(where), orderBy: orders[orderBy] });
    }
  }
  return MediaAccounts;
}

export const mediaAccountFields = [
  accountsOf(Organisation, 'Accounts of the organisation (企业新媒体账号).', ({ id }) => ({ organisation: id })),
  accountsOf(Person, 'Accounts of the person (个人新媒体账号).', ({ id }) => ({ person: id })),
  accountsOf(Division, 'Accounts of owners in the division and those below it (辖区新媒体账号).', ({ code }) => within(code)),
];
