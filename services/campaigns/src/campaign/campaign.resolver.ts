import { Context } from '@hub/kit/context';
import { datesInOrder } from '@hub/kit/dates-in-order';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Order, type Page, PageArgs } from '@hub/kit/page';
import { mention } from '@hub/kit/reference';
import { searching } from '@hub/kit/searchable';
import { within } from '@hub/kit/within';
import type { FilterQuery } from '@mikro-orm/postgresql';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AllowedAction, allowedActions } from '../allowed-action/allowed-action.ts';
import { Committee, committeeReference } from '../committee/committee.ts';
import { Division } from '../division/division.ts';
import { CampaignFilter, CampaignOrder, CampaignStateChange, CreateCampaign, UpdateCampaign } from './campaign.input.ts';
import { Campaign, CampaignConnection } from './campaign.ts';
import { campaignRefusal, campaignSteps } from './campaign-states.ts';
import { changeCampaignState } from './change-campaign-state.ts';
import { updateCampaign } from './update-campaign.ts';

const orders: Record<CampaignOrder, Order<Campaign>> = {
  STARTS_DESC: [['startsOn', 'desc']],
  TITLE_ASC: [['sortKey', 'asc']],
  CREATED_DESC: [['createdAt', 'desc']],
};

function matching({ division, search, ...exact }: CampaignFilter = {}): FilterQuery<Campaign> {
  return {
    ...exact,
    ...(division && within(division)),
    ...searching(Campaign, search),
  };
}

@Resolver(() => Campaign)
export class CampaignResolver {
  @Authorized('campaigns:read')
  @Query(() => Campaign, { nullable: true, description: 'One campaign of your slice or published to it (单个活动).' })
  campaign(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Campaign, id);
  }

  @Authorized('campaigns:read')
  @Query(() => CampaignConnection, {
    nullable: true,
    description: 'Campaigns of your slice and those published to it (活动列表).',
  })
  campaigns(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => CampaignFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: CampaignFilter,
    @Arg('orderBy', () => CampaignOrder, { defaultValue: CampaignOrder.STARTS_DESC, description: 'In this order (排序).' })
    orderBy: CampaignOrder,
    @Ctx() context: Context,
  ): Page<Campaign> {
    return list(context, Campaign, { page, where: matching(where), orderBy: orders[orderBy] });
  }

  @Authorized('campaigns:write')
  @Mutation(() => Campaign, {
    description: 'Enters a campaign as a draft. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN outside your slice (新建活动).',
  })
  async createCampaign(
    @Arg('input', () => CreateCampaign, { description: 'The campaign (活动).' }) { organiserId, ...input }: CreateCampaign,
    @Ctx() context: Context,
  ) {
    datesInOrder(input, 'startsOn', 'endsOn');
    const organiser = await mention(context, committeeReference, organiserId);
    const campaign = context.em.create(Campaign, { ...input, organiser, divisionCode: organiser.divisionCode });
    await context.em.flush();
    return campaign;
  }

  @Authorized('campaigns:write')
  @Mutation(() => Campaign, {
    description:
      'Changes or publishes a campaign; its rounds are published with it. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED once closed (修改活动).',
  })
  updateCampaign(
    @Arg('input', () => UpdateCampaign, { description: 'The changes (修改内容).' }) input: UpdateCampaign,
    @Ctx() context: Context,
  ) {
    return updateCampaign(context, input);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Campaign, {
    description: 'Opens a draft: nominations may come. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED (启动活动).',
  })
  openCampaign(
    @Arg('input', () => CampaignStateChange, { description: 'Which, and why (活动与原因).' }) input: CampaignStateChange,
    @Ctx() context: Context,
  ) {
    return changeCampaignState(context, input, 'OPEN');
  }

  @Authorized('campaigns:write')
  @Mutation(() => Campaign, {
    description: 'Closes a campaign and its rounds. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED (结束活动).',
  })
  closeCampaign(
    @Arg('input', () => CampaignStateChange, { description: 'Which, and why (活动与原因).' }) input: CampaignStateChange,
    @Ctx() context: Context,
  ) {
    return changeCampaignState(context, input, 'CLOSE');
  }

  @FieldResolver(() => [AllowedAction], { description: 'What you may do with it now: OPEN, CLOSE (可执行操作).' })
  allowedActions(@Root() campaign: Campaign, @Ctx() { viewer }: Context) {
    return allowedActions(campaignSteps, action => campaignRefusal(viewer, campaign, action));
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Campaign, @Ctx() context: Context) {
    return history(context, 'campaign', id);
  }
}

@Resolver(() => Division)
export class DivisionCampaigns {
  @FieldResolver(() => CampaignConnection, {
    nullable: true,
    description: 'Campaigns of the division and those below it (辖区活动).',
  })
  campaigns(
    @Root() { code }: Division,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => CampaignFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: CampaignFilter,
    @Arg('orderBy', () => CampaignOrder, { defaultValue: CampaignOrder.STARTS_DESC, description: 'In this order (排序).' })
    orderBy: CampaignOrder,
    @Ctx() context: Context,
  ): Page<Campaign> {
    return list(context, Campaign, { page, of: within(code), where: matching(where), orderBy: orders[orderBy] });
  }
}

@Resolver(() => Committee)
export class CommitteeCampaigns {
  @FieldResolver(() => CampaignConnection, { nullable: true, description: 'Campaigns it organises (主办的活动).' })
  campaigns(
    @Root() { id }: Committee,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => CampaignFilter, { nullable: true, description: 'Only these (筛选条件).' }) where: CampaignFilter,
    @Ctx() context: Context,
  ): Page<Campaign> {
    return list(context, Campaign, { page, of: { organiser: id }, where: matching(where), orderBy: orders.STARTS_DESC });
  }
}
