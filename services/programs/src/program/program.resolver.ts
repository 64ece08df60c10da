import { compareKey } from '@hub/kit/compare-key';
import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Committee } from '../committee/committee.ts';
import { Division } from '../division/division.ts';
import { Organisation } from '../organisation/organisation.ts';
import { createProgram } from './create-program.ts';
import { addPartner, removePartner } from './partners.ts';
import { AddPartner, CreateProgram, ProgramFilter, ProgramOrder, RemovePartner, UpdateProgram } from './program.input.ts';
import { Program, ProgramConnection, ProgramLead } from './program.ts';
import { ProgramPartner } from './program-partner.ts';
import { updateProgram } from './update-program.ts';

const orders: Record<ProgramOrder, Order<Program>> = {
  NAME_ASC: [['sortKey', 'asc']],
  STARTS_DESC: [['startsOn', 'desc']],
  CREATED_DESC: [['createdAt', 'desc']],
};

function matching({ division, search, names, ...exact }: ProgramFilter = {}): FilterQuery<Program> {
  return {
    ...exact,
    ...(division && within(division)),
    ...(names && { nameKey: { $in: names.map(compareKey) } }),
    ...searching(Program, search),
  };
}

@Resolver(() => Program)
export class ProgramResolver {
  @Authorized('programs:read')
  @Query(() => Program, { nullable: true, description: 'One program you may see; null outside your slice (单个公益项目).' })
  program(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Program, id);
  }

  @Authorized('programs:read')
  @Query(() => ProgramConnection, {
    nullable: true,
    description: 'Programs of your slice, published to it, or shared with you (公益项目列表).',
  })
  programs(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => ProgramFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: ProgramFilter,
    @Arg('orderBy', () => ProgramOrder, { defaultValue: ProgramOrder.NAME_ASC, description: 'In this order (排序).' })
    orderBy: ProgramOrder,
    @Ctx() context: Context,
  ): Page<Program> {
    return list(context, Program, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('programs:write')
  @Mutation(() => Program, {
    description: 'Enters a program. Errors: INVALID_INPUT, NOT_FOUND, FORBIDDEN outside your slice (新建公益项目).',
  })
  createProgram(
    @Arg('input', () => CreateProgram, { description: 'The program (项目).' }) input: CreateProgram,
    @Ctx() context: Context,
  ) {
    return createProgram(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Program, {
    description: 'Changes a program. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED for a step back (修改公益项目).',
  })
  updateProgram(
    @Arg('input', () => UpdateProgram, { description: 'The changes (修改内容).' }) input: UpdateProgram,
    @Ctx() context: Context,
  ) {
    return updateProgram(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Program, {
    description:
      'Shares a program with a partner. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, CONFLICT when it is one (增加合作单位).',
  })
  addPartner(
    @Arg('input', () => AddPartner, { description: 'The partner (合作单位).' }) input: AddPartner,
    @Ctx() context: Context,
  ) {
    return addPartner(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Program, {
    description:
      'Ends a partnership; the partner sees nothing of the program from then on. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN (解除合作).',
  })
  removePartner(
    @Arg('input', () => RemovePartner, { description: 'The partner and why (合作单位与原因).' }) input: RemovePartner,
    @Ctx() context: Context,
  ) {
    return removePartner(context, input);
  }

  @FieldResolver(() => ProgramLead, {
    nullable: true,
    description: 'Who leads it: an organisation or a committee; null when that one is outside your slice (牵头单位).',
  })
  lead(@Root() { leadOrganisation, leadCommittee }: Program, @Ctx() context: Context) {
    return leadOrganisation ? context.load(Organisation, leadOrganisation.id) : context.load(Committee, leadCommittee?.id);
  }

  @FieldResolver(() => [Organisation], { description: 'Its present partners that you may see (合作单位).' })
  async partners(@Root() { id }: Program, @Ctx() context: Context) {
    const partnerIds = await context
      .batched<string[]>('program.partners', async ids => {
        const where = { program: { $in: [...ids] }, leftOn: null };
        const links = await context.read.find(ProgramPartner, { where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
        return ids.map(each => links.filter(link => link.program.id === each).map(link => link.organisation.id));
      })
      .load(id);
    const partners = await Promise.all(partnerIds.map(each => context.load(Organisation, each)));
    return partners.filter(partner => partner !== null);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Program, @Ctx() context: Context) {
    return history(context, 'program', id);
  }
}

@Resolver(() => Organisation)
export class OrganisationPrograms {
  @FieldResolver(() => ProgramConnection, {
    nullable: true,
    description: 'Programs it leads or is a partner in (牵头或合作的公益项目).',
  })
  programs(
    @Root() { id }: Organisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => ProgramFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: ProgramFilter,
    @Arg('orderBy', () => ProgramOrder, { defaultValue: ProgramOrder.NAME_ASC, description: 'In this order (排序).' })
    orderBy: ProgramOrder,
    @Ctx() context: Context,
  ): Page<Program> {
    const takesPart = { $or: [{ leadOrganisation: id }, { links: { $some: { organisation: id, leftOn: null } } }] };
    return list(context, Program, { page, of: takesPart, where: matching(where), orderBy: orders[orderBy] });
  }
}

@Resolver(() => Committee)
export class CommitteePrograms {
  @FieldResolver(() => ProgramConnection, { nullable: true, description: 'Programs it leads (牵头的公益项目).' })
  programs(
    @Root() { id }: Committee,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => ProgramFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: ProgramFilter,
    @Arg('orderBy', () => ProgramOrder, { defaultValue: ProgramOrder.NAME_ASC, description: 'In this order (排序).' })
    orderBy: ProgramOrder,
    @Ctx() context: Context,
  ): Page<Program> {
    return list(context, Program, { page, of: { leadCommittee: id }, where: matching(where), orderBy: orders[orderBy] });
  }
}

@Resolver(() => Division)
export class DivisionPrograms {
  @FieldResolver(() => ProgramConnection, {
    nullable: true,
    description: 'Programs of the division and those below it (辖区公益项目).',
  })
  programs(
    @Root() { code }: Division,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => ProgramFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: ProgramFilter,
    @Arg('orderBy', () => ProgramOrder, { defaultValue: ProgramOrder.NAME_ASC, description: 'In this order (排序).' })
    orderBy: ProgramOrder,
    @Ctx() context: Context,
  ): Page<Program> {
    return list(context, Program, { page, of: within(code), where: matching(where), orderBy: orders[orderBy] });
  }
}
