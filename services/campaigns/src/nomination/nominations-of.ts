import { Context } from '@hub/kit/context';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Branch } from '../branch/branch.ts';
import { Campaign } from '../campaign/campaign.ts';
import { Division } from '../division/division.ts';
import { Organisation } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';
import { Round } from '../round/round.ts';
import { NominationFilter, NominationOrder } from './nomination.input.ts';
import { matching, orders } from './nomination.resolver.ts';
import { Nomination, NominationConnection } from './nomination.ts';

/** The field `nominations` of another type. */
function nominationsOf<T extends object>(type: ClassType<T>, description: string, having: (of: T) => FilterQuery<Nomination>) {
  @Resolver(() => type)
  class Nominations {
    @FieldResolver(() => NominationConnection, { nullable: true, description })
    nominations(
      @Root() of: T,
      @Args(() => PageArgs) page: PageArgs,
      @Arg('where', () => NominationFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: NominationFilter,
      @Arg('orderBy', () => NominationOrder, { defaultValue: NominationOrder.CREATED_DESC, description: 'In this order (排序).' })
      orderBy: NominationOrder,
      @Ctx() context: Context,
    ): Page<Nomination> {
      return list(context, Nomination, { page, of: having(of), where: matching(where), orderBy: orders[orderBy] });
    }
  }
  return Nominations;
}

export const nominationFields = [
  nominationsOf(Campaign, 'Its nominations of your slice (本活动推荐).', ({ id }) => ({ campaign: id })),
  nominationsOf(Round, 'Nominations that stand in it, of your slice (本轮推荐).', ({ id }) => ({ round: id })),
  nominationsOf(Person, 'Where the person was nominated (被推荐记录).', ({ id }) => ({ person: id })),
  nominationsOf(Organisation, 'Where the organisation was nominated (被推荐记录).', ({ id }) => ({ organisation: id })),
  nominationsOf(Branch, 'Those the branch nominated (支部推荐).', ({ id }) => ({ nominatedBy: id })),
  nominationsOf(Division, 'Nominations of nominees in the division and those below it (辖区推荐).', ({ code }) => within(code)),
];
