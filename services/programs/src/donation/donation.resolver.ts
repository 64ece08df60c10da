import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Division } from '../division/division.ts';
import { Organisation } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';
import { Program } from '../program/program.ts';
import { createDonation } from './create-donation.ts';
import { CreateDonation, DonationFilter, DonationOrder, ReverseDonation, UpdateDonation } from './donation.input.ts';
import { Donation, DonationConnection, Donor } from './donation.ts';
import { donationTotal } from './donation-total.ts';
import { reverseDonation } from './reverse-donation.ts';
import { updateDonation } from './update-donation.ts';

const orders: Record<DonationOrder, Order<Donation>> = {
  DONATED_DESC: [['donatedOn', 'desc']],
  DONATED_ASC: [['donatedOn', 'asc']],
  CREATED_DESC: [['createdAt', 'desc']],
};

function matching({ division, from, to, search, inReversal, ...exact }: DonationFilter = {}): FilterQuery<Donation> {
  const conditions: FilterQuery<Donation>[] = [exact];
  if (division) conditions.push(within(division));
  if (from) conditions.push({ donatedOn: { $gte: from } });
  if (to) conditions.push({ donatedOn: { $lt: to } });
  conditions.push(searching(Donation, search));
  if (inReversal === true) conditions.push({ $or: [{ reversed: true }, { reversalOf: { $ne: null } }] });
  if (inReversal === false) conditions.push({ reversed: false, reversalOf: null });
  return { $and: conditions };
}

@Resolver(() => Donation)
export class DonationResolver {
  @Authorized('programs:read')
  @Query(() => Donation, { nullable: true, description: 'One donation of your slice (单笔捐赠).' })
  donation(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Donation, id);
  }

  @Authorized('programs:read')
  @Query(() => DonationConnection, { nullable: true, description: 'Donations of your slice (捐赠列表).' })
  donations(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => DonationFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: DonationFilter,
    @Arg('orderBy', () => DonationOrder, { defaultValue: DonationOrder.DONATED_DESC, description: 'In this order (排序).' })
    orderBy: DonationOrder,
    @Ctx() context: Context,
  ): Page<Donation> {
    return list(context, Donation, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('programs:write')
  @Mutation(() => Donation, {
    description:
      'Enters a donation. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN outside your slice, CONFLICT when the receipt number is taken (新建捐赠记录).',
  })
  createDonation(
    @Arg('input', () => CreateDonation, { description: 'The donation (捐赠).' }) input: CreateDonation,
    @Ctx() context: Context,
  ) {
    return createDonation(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Donation, {
    description:
      'Changes a donation apart from its figures. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, CONFLICT, NOT_ALLOWED once reversed (修改捐赠记录).',
  })
  updateDonation(
    @Arg('input', () => UpdateDonation, { description: 'The changes (修改内容).' }) input: UpdateDonation,
    @Ctx() context: Context,
  ) {
    return updateDonation(context, input);
  }

  @Authorized('programs:write')
  @Mutation(() => Donation, {
    description:
      'Reverses a donation entered wrongly and answers the reversing row. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED once reversed (冲销捐赠).',
  })
  reverseDonation(
    @Arg('input', () => ReverseDonation, { description: 'Which, and why (捐赠与原因).' }) input: ReverseDonation,
    @Ctx() context: Context,
  ) {
    return reverseDonation(context, input);
  }

  @FieldResolver(() => Donor, {
    nullable: true,
    description: 'Who gave; null when anonymous or outside your slice, see anonymous (捐赠人).',
  })
  donor(@Root() { donorOrganisation, donorPerson }: Donation, @Ctx() context: Context) {
    return donorOrganisation ? context.load(Organisation, donorOrganisation.id) : context.load(Person, donorPerson?.id);
  }

  @FieldResolver(() => Program, { nullable: true, description: 'The program it is for, when you may see it (所属项目).' })
  program(@Root() { program }: Donation, @Ctx() context: Context) {
    return context.load(Program, program?.id);
  }

  @FieldResolver(() => Donation, { nullable: true, description: 'What it reverses; only of a reversal (被冲销的捐赠).' })
  reversalOf(@Root() { reversalOf }: Donation, @Ctx() context: Context) {
    return context.load(Donation, reversalOf?.id);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Donation, @Ctx() context: Context) {
    return history(context, 'donation', id);
  }
}

@Resolver(() => Organisation)
export class OrganisationDonations {
  @FieldResolver(() => DonationConnection, { nullable: true, description: 'What it donated (捐赠记录).' })
  donations(
    @Root() { id }: Organisation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => DonationFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: DonationFilter,
    @Arg('orderBy', () => DonationOrder, { defaultValue: DonationOrder.DONATED_DESC, description: 'In this order (排序).' })
    orderBy: DonationOrder,
    @Ctx() context: Context,
  ): Page<Donation> {
    return list(context, Donation, {
      page,
      of: { donorOrganisation: id },
      where: matching(where),
      orderBy: orders[orderBy],
    });
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Money and valued goods and services it donated, reversals netted out, CNY; within your slice, null where you read no donations (捐赠总额，元).',
  })
  donationTotal(@Root() { id }: Organisation, @Ctx() context: Context) {
    return donationTotal(context, id);
  }
}

@Resolver(() => Person)
export class PersonDonations {
  @FieldResolver(() => DonationConnection, { nullable: true, description: 'What they donated (捐赠记录).' })
  donations(
    @Root() { id }: Person,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => DonationFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: DonationFilter,
    @Arg('orderBy', () => DonationOrder, { defaultValue: DonationOrder.DONATED_DESC, description: 'In this order (排序).' })
    orderBy: DonationOrder,
    @Ctx() context: Context,
  ): Page<Donation> {
    return list(context, Donation, { page, of: { donorPerson: id }, where: matching(where), orderBy: orders[orderBy] });
  }
}

@Resolver(() => Program)
export class ProgramDonations {
  @FieldResolver(() => DonationConnection, { description: 'Donations for it that you may see (捐赠记录).' })
  donations(
    @Root() { id }: Program,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => DonationFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: DonationFilter,
    @Arg('orderBy', () => DonationOrder, { defaultValue: DonationOrder.DONATED_DESC, description: 'In this order (排序).' })
    orderBy: DonationOrder,
    @Ctx() context: Context,
  ): Page<Donation> {
    return list(context, Donation, { page, of: { program: id }, where: matching(where), orderBy: orders[orderBy] });
  }
}

@Resolver(() => Division)
export class DivisionDonations {
  @FieldResolver(() => DonationConnection, {
    nullable: true,
    description: 'Donations of the division and those below it (辖区捐赠).',
  })
  donations(
    @Root() { code }: Division,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => DonationFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: DonationFilter,
    @Arg('orderBy', () => DonationOrder, { defaultValue: DonationOrder.DONATED_DESC, description: 'In this order (排序).' })
    orderBy: DonationOrder,
    @Ctx() context: Context,
  ): Page<Donation> {
    return list(context, Donation, { page, of: within(code), where: matching(where), orderBy: orders[orderBy] });
  }
}
