import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { datesInOrder } from '@hub/kit/dates-in-order';
import { HubError } from '@hub/kit/errors';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { dissolveOrganisation } from './dissolve-organisation.ts';
import { enterOrganisation } from './enter-organisation.ts';
import { moveOrganisation } from './move-organisation.ts';
import {
  CreateOrganisation,
  DissolveOrganisation,
  MoveOrganisation,
  OrganisationFilter,
  OrganisationOrder,
  UpdateOrganisation,
} from './organisation.input.ts';
import { Organisation, OrganisationConnection, OrganisationStatus } from './organisation.ts';

const orders: Record<OrganisationOrder, Order<Organisation>> = {
  NAME_ASC: [['sortKey', 'asc']],
  NAME_DESC: [['sortKey', 'desc']],
  DIVISION_ASC: [
    ['divisionCode', 'asc'],
    ['sortKey', 'asc'],
  ],
  CREATED_DESC: [['createdAt', 'desc']],
};

export function matching({ division, search, ...exact }: OrganisationFilter = {}): FilterQuery<Organisation> {
  return {
    ...exact,
    ...(division && within(division)),
    ...searching(Organisation, search),
  };
}

@Resolver(() => Organisation)
export class OrganisationResolver {
  @Authorized('organisations:read')
  @Query(() => Organisation, {
    nullable: true,
    description: 'One organisation by id or credit code; null outside your slice (单个企业).',
  })
  organisation(
    @Arg('id', () => ID, { nullable: true, description: 'Identifier (标识).' }) id: string,
    @Arg('creditCode', { nullable: true, description: 'Credit code, 18 characters (统一社会信用代码).' }) creditCode: string,
    @Ctx() context: Context,
  ) {
    if (Boolean(id) === Boolean(creditCode)) throw new HubError('INVALID_INPUT', 'Give either id or creditCode.');
    return id ? context.load(Organisation, id) : context.load(Organisation, creditCode, 'creditCode');
  }

  @Authorized('organisations:read')
  @Query(() => OrganisationConnection, { nullable: true, description: 'Organisations of your slice (企业列表).' })
  organisations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => OrganisationFilter, { nullable: true }) where: OrganisationFilter,
    @Arg('orderBy', () => OrganisationOrder, { defaultValue: OrganisationOrder.NAME_ASC }) orderBy: OrganisationOrder,
    @Ctx() context: Context,
  ): Page<Organisation> {
    return list(context, Organisation, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('organisations:write')
  @Mutation(() => Organisation, {
    description: 'Enters an organisation. Errors: INVALID_INPUT, CONFLICT, FORBIDDEN outside your slice (新建企业档案).',
  })
  createOrganisation(@Arg('input', () => CreateOrganisation) input: CreateOrganisation, @Ctx() context: Context) {
    datesInOrder(input, 'memberSince', 'memberUntil');
    return enterOrganisation(context, input);
  }

  @Authorized('organisations:write')
  @Mutation(() => Organisation, {
    description: 'Changes an organisation. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED once dissolved (修改企业档案).',
  })
  async updateOrganisation(
    @Arg('input', () => UpdateOrganisation) { id, expectedVersion, ...changes }: UpdateOrganisation,
    @Ctx() { em }: Context,
  ) {
    const organisation = await forChange(em, Organisation, id, expectedVersion);
    if (organisation.status === OrganisationStatus.DISSOLVED)
      throw new HubError('NOT_ALLOWED', 'The organisation is dissolved; its file is closed.');
    if (changes.status === OrganisationStatus.DISSOLVED)
      throw new HubError('NOT_ALLOWED', 'Use dissolveOrganisation: an end needs a date and a reason.');
    em.assign(organisation, changes, { ignoreUndefined: true });
    datesInOrder(organisation, 'memberSince', 'memberUntil');
    await em.flush();
    return organisation;
  }

  @Authorized('organisations:write')
  @Mutation(() => Organisation, {
    description:
      'Moves an organisation with all it has to another division; needs a viewer who holds both. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN (属地迁移).',
  })
  moveOrganisation(@Arg('input', () => MoveOrganisation) input: MoveOrganisation, @Ctx() context: Context) {
    return moveOrganisation(context, input);
  }

  @Authorized('organisations:write')
  @Mutation(() => Organisation, {
    description: 'Ends an organisation and its own branch. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED (注销).',
  })
  dissolveOrganisation(@Arg('input', () => DissolveOrganisation) input: DissolveOrganisation, @Ctx() context: Context) {
    return dissolveOrganisation(context, input);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史，动态更新).' })
  history(@Root() { id }: Organisation, @Ctx() context: Context) {
    return history(context, 'organisation', id);
  }
}

@Resolver(() => Division)
export class DivisionOrganisations {
  @FieldResolver(() => OrganisationConnection, { description: 'Organisations of the division and those below it (辖区企业).' })
  organisations(
    @Root() { code }: Division,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => OrganisationFilter, { nullable: true }) where: OrganisationFilter,
    @Arg('orderBy', () => OrganisationOrder, { defaultValue: OrganisationOrder.NAME_ASC }) orderBy: OrganisationOrder,
    @Ctx() context: Context,
  ): Page<Organisation> {
    return list(context, Organisation, { page, of: within(code), where: matching(where), orderBy: orders[orderBy] });
  }
}
