import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { ancestors } from '@hub/kit/viewer';
import { within } from '@hub/kit/within';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { knownDivision } from '../division/known-division.ts';
import { CreateCommittee, UpdateCommittee } from './committee.input.ts';
import { Committee, CommitteeConnection } from './committee.ts';

@Resolver(() => Committee)
export class CommitteeResolver {
  @Authorized('organisations:read')
  @Query(() => Committee, { nullable: true, description: 'One committee of your slice (单个委员会).' })
  committee(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return context.load(Committee, id);
  }

  @Authorized('organisations:read')
  @Query(() => CommitteeConnection, {
    nullable: true,
    description: 'Committees of your slice, in order of their divisions (委员会列表).',
  })
  committees(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('division', { nullable: true, description: 'Only this division and those below, 6 digits (属地代码).' })
    division: string,
    @Ctx() context: Context,
  ): Page<Committee> {
    return list(context, Committee, { page, where: division ? within(division) : {}, orderBy: [['divisionCode', 'asc']] });
  }

  @Authorized('organisations:write')
  @Mutation(() => Committee, {
    description: 'Enters a committee. Errors: CONFLICT when the division has one, FORBIDDEN outside your slice (新建委员会).',
  })
  async createCommittee(@Arg('input', () => CreateCommittee) input: CreateCommittee, @Ctx() context: Context) {
    await knownDivision(context, input.divisionCode);
    const committee = context.em.create(Committee, input);
    await context.em.flush();
    return committee;
  }

  @Authorized('organisations:write')
  @Mutation(() => Committee, { description: 'Changes a committee. Errors: NOT_FOUND, VERSION_MISMATCH (修改委员会).' })
  async updateCommittee(
    @Arg('input', () => UpdateCommittee) { id, expectedVersion, ...changes }: UpdateCommittee,
    @Ctx() { em }: Context,
  ) {
    const committee = em.assign(await forChange(em, Committee, id, expectedVersion), changes, { ignoreUndefined: true });
    await em.flush();
    return committee;
  }

  @FieldResolver(() => Committee, {
    nullable: true,
    description: 'The nearest committee above, when you may see it (上级委员会).',
  })
  async parent(@Root() committee: Committee, @Ctx() context: Context) {
    for (const code of ancestors(committee.divisionCode)) {
      const above = await context.load(Committee, code, 'divisionCode');
      if (above) return above;
    }
    return null;
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Committee, @Ctx() context: Context) {
    return history(context, 'committee', id);
  }
}

@Resolver(() => Division)
export class DivisionCommittee {
  @FieldResolver(() => Committee, { nullable: true, description: 'Its committee, when it has one in your slice (委员会).' })
  committee(@Root() { code }: Division, @Ctx() context: Context) {
    return context.load(Committee, code, 'divisionCode');
  }
}
