import { forChange } from '@hub/kit/change';
import { compareKey } from '@hub/kit/compare-key';
import { Context } from '@hub/kit/context';
import { datesInOrder } from '@hub/kit/dates-in-order';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { Organisation } from '../organisation/organisation.ts';
import { BranchFilter, BranchOrder, CreateBranch, UpdateBranch } from './branch.input.ts';
import { Branch, BranchConnection } from './branch.ts';
import { BranchOrganisation } from './branch-organisation.ts';
import { establishBranch } from './establish-branch.ts';

const orders: Record<BranchOrder, Order<Branch>> = { NAME_ASC: [['sortKey', 'asc']], CREATED_DESC: [['createdAt', 'desc']] };

function matching({ division, search, names, dissolved, ...exact }: BranchFilter = {}): FilterQuery<Branch> {
  return {
    ...exact,
    ...(division && within(division)),
    ...(names && { nameKey: { $in: names.map(compareKey) } }),
    ...(dissolved !== undefined && { dissolvedOn: dissolved ? { $ne: null } : null }),
    ...searching(Branch, search),
  };
}

/** The other side of living links between branches and organisations, for all parents of the operation at once. */
function linked(context: Context, from: 'branch' | 'organisation', id: string): Promise<string[]> {
  const to = from === 'branch' ? 'organisation' : 'branch';
  return context
    .batched<string[]>(`linked.${from}`, async ids => {
      const where = { [from]: { $in: [...ids] }, leftOn: null };
      const links = await context.read.find(BranchOrganisation, { where, orderBy: [{ id: 'asc' }] });
      return ids.map(each => links.filter(link => link[from].id === each).map(link => link[to].id));
    })
    .load(id);
}

const present = <T>(rows: (T | null)[]) => rows.filter(row => row !== null);

@Resolver(() => Branch)
export class BranchResolver {
  @Authorized('organisations:read')
  @Query(() => Branch, { nullable: true, description: 'One branch of your slice (单个党支部).' })
  branch(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return context.load(Branch, id);
  }

  @Authorized('organisations:read')
  @Query(() => BranchConnection, { nullable: true, description: 'Branches of your slice (党支部列表).' })
  branches(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => BranchFilter, { nullable: true }) where: BranchFilter,
    @Arg('orderBy', () => BranchOrder, { defaultValue: BranchOrder.NAME_ASC }) orderBy: BranchOrder,
    @Ctx() context: Context,
  ): Page<Branch> {
    return list(context, Branch, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('organisations:write')
  @Mutation(() => Branch, {
    description: 'Establishes a branch. Errors: NOT_FOUND, NOT_ALLOWED over several divisions, CONFLICT (成立党支部).',
  })
  createBranch(@Arg('input', () => CreateBranch) input: CreateBranch, @Ctx() context: Context) {
    return establishBranch(context, input);
  }

  @Authorized('organisations:write')
  @Mutation(() => Branch, { description: 'Changes or dissolves a branch. Errors: NOT_FOUND, VERSION_MISMATCH (修改党支部).' })
  async updateBranch(
    @Arg('input', () => UpdateBranch) { id, expectedVersion, ...changes }: UpdateBranch,
    @Ctx() { em }: Context,
  ) {
    const branch = em.assign(await forChange(em, Branch, id, expectedVersion), changes, { ignoreUndefined: true });
    datesInOrder(branch, 'establishedOn', 'dissolvedOn');
    await em.flush();
    return branch;
  }

  @FieldResolver(() => [Organisation], { description: 'Organisations that take part (组建单位).' })
  async organisations(@Root() { id }: Branch, @Ctx() context: Context) {
    const ids = await linked(context, 'branch', id);
    return present(await Promise.all(ids.map(each => context.load(Organisation, each))));
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Branch, @Ctx() context: Context) {
    return history(context, 'branch', id);
  }
}

@Resolver(() => Organisation)
export class OrganisationBranches {
  @FieldResolver(() => [Branch], { description: 'Branches it takes part in (所在党支部).' })
  async branches(@Root() { id }: Organisation, @Ctx() context: Context) {
    const ids = await linked(context, 'organisation', id);
    return present(await Promise.all(ids.map(each => context.load(Branch, each))));
  }
}

@Resolver(() => Division)
export class DivisionBranches {
  @FieldResolver(() => BranchConnection, { description: 'Branches of the division and those below it (辖区党支部).' })
  branches(
    @Root() { code }: Division,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => BranchFilter, { nullable: true }) where: BranchFilter,
    @Arg('orderBy', () => BranchOrder, { defaultValue: BranchOrder.NAME_ASC }) orderBy: BranchOrder,
    @Ctx() context: Context,
  ): Page<Branch> {
    return list(context, Branch, { page, of: within(code), where: matching(where), orderBy: orders[orderBy] });
  }
}
