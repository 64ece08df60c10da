import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AllowedAction, allowedActions } from '../allowed-action/allowed-action.ts';
import { CampaignStateChange } from '../campaign/campaign.input.ts';
import { Campaign } from '../campaign/campaign.ts';
import { changeRoundState } from './change-round-state.ts';
import { createRound, updateRound } from './plan-round.ts';
import { CreateRound, UpdateRound } from './round.input.ts';
import { Round } from './round.ts';
import { roundRefusal, roundSteps } from './round-states.ts';
import { roundsOf } from './rounds-of.ts';

@Resolver(() => Round)
export class RoundResolver {
  @Authorized('campaigns:read')
  @Query(() => Round, { nullable: true, description: 'One round of your slice or published to it (单个轮次).' })
  round(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Round, id);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Round, {
    description: 'Plans a round of a campaign. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN, NOT_ALLOWED (新建轮次).',
  })
  createRound(
    @Arg('input', () => CreateRound, { description: 'The round (轮次).' }) input: CreateRound,
    @Ctx() context: Context,
  ) {
    return createRound(context, input);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Round, {
    description:
      'Changes a round. Errors: NOT_FOUND, VERSION_MISMATCH, INVALID_INPUT, FORBIDDEN, NOT_ALLOWED once closed (修改轮次).',
  })
  updateRound(
    @Arg('input', () => UpdateRound, { description: 'The changes (修改内容).' }) input: UpdateRound,
    @Ctx() context: Context,
  ) {
    return updateRound(context, input);
  }

  @Authorized('campaigns:write')
  @Mutation(() => Round, {
    description: 'Opens a planned round. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED (启动轮次).',
  })
  openRound(
    @Arg('input', () => CampaignStateChange, { description: 'Which, and why (轮次与原因).' }) input: CampaignStateChange,
    @Ctx() context: Context,
  ) {
    return changeRoundState(context, input, 'OPEN');
  }

  @Authorized('campaigns:write')
  @Mutation(() => Round, {
    description: 'Closes a round for good. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN, NOT_ALLOWED (结束轮次).',
  })
  closeRound(
    @Arg('input', () => CampaignStateChange, { description: 'Which, and why (轮次与原因).' }) input: CampaignStateChange,
    @Ctx() context: Context,
  ) {
    return changeRoundState(context, input, 'CLOSE');
  }

  @FieldResolver(() => [AllowedAction], { description: 'What you may do with it now: OPEN, CLOSE (可执行操作).' })
  async allowedActions(@Root() round: Round, @Ctx() context: Context) {
    const campaign = await round.theCampaign(context);
    return allowedActions(roundSteps, action => roundRefusal(context.viewer, round, campaign, action));
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Round, @Ctx() context: Context) {
    return history(context, 'round', id);
  }
}

@Resolver(() => Campaign)
export class CampaignRounds {
  @FieldResolver(() => [Round], { description: 'Its rounds in their order (活动轮次).' })
  rounds(@Root() { id }: Campaign, @Ctx() context: Context) {
    return roundsOf(context).load(id);
  }
}
