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
import { AwardFilter, AwardOrder } from './award.input.ts';
import { matching, orders } from './award.resolver.ts';
import { Award, AwardConnection } from './award.ts';

/** The field `awards` of another type. */
function awardsOf<T extends object>(type: ClassType<T>, description: string, having: (of: T) => FilterQuery<Award>) {
  @Resolver(() => type)
  class Awards {
    @FieldResolver(() => AwardConnection, { nullable: true, description })
    awards(
      @Root() of: T,
      @Args(() => PageArgs) page: PageArgs,
      @Arg('where', () => AwardFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: AwardFilter,
      @Arg('orderBy', () => AwardOrder, { defaultValue: AwardOrder.CONFERRED_DESC, description: 'In this order (排序).' })
      orderBy: AwardOrder,
      @Ctx() context: Context,
    ): Page<Award> {
      return list(context, Award, { page, of: having(of), where: matching(where), orderBy: orders[orderBy] });
    }
  }
  return Awards;
}

export const awardFields = [
  awardsOf(Campaign, 'Its awards of your slice (本活动荣誉).', ({ id }) => ({ campaign: id })),
  awardsOf(Person, 'Awards the person received (所获荣誉).', ({ id }) => ({ person: id })),
  awardsOf(Organisation, 'Awards the organisation received (所获荣誉).', ({ id }) => ({ organisation: id })),
  awardsOf(Branch, 'Awards of those the branch nominated (支部推荐获奖).', ({ id }) => ({ nomination: { nominatedBy: id } })),
  awardsOf(Division, 'Awards of recipients in the division and those below it (辖区荣誉).', ({ code }) => within(code)),
];
