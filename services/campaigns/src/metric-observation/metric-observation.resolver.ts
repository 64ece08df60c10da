import { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { Arg, Args, Authorized, Ctx, FieldResolver, Float, GraphQLISODateTime, Mutation, Resolver, Root } from 'type-graphql';
import { ContentItem } from '../content-item/content-item.ts';
import { latest } from './latest.ts';
import { CreateMetricObservation } from './metric-observation.input.ts';
import { Metric, MetricObservation, MetricObservationConnection } from './metric-observation.ts';
import { observe } from './observe.ts';

@Resolver(() => MetricObservation)
export class MetricObservationResolver {
  @Authorized('campaigns:write')
  @Mutation(() => MetricObservation, {
    description:
      'Enters a count of an item. Errors: NOT_FOUND, INVALID_INPUT, CONFLICT when that moment has one, NOT_ALLOWED when it contradicts another without a reason (新建观测).',
  })
  createMetricObservation(
    @Arg('input', () => CreateMetricObservation, { description: 'The count (观测).' }) input: CreateMetricObservation,
    @Ctx() context: Context,
  ) {
    return observe(context, input);
  }

  @FieldResolver(() => ContentItem, { nullable: true, description: 'Of which item (所属内容).' })
  item(@Root() { item }: MetricObservation, @Ctx() context: Context) {
    return context.load(ContentItem, item.id);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its entry and moves, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: MetricObservation, @Ctx() context: Context) {
    return history(context, 'metric_observation', id);
  }
}

@Resolver(() => ContentItem)
export class ContentItemMetrics {
  @FieldResolver(() => Float, { nullable: true, description: 'Reads as last observed, count; null when never (阅读量，次).' })
  async reads(@Root() { id }: ContentItem, @Ctx() context: Context) {
    return (await latest(context).load(id)).READS;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Reposts as last observed, count; null when never (转发量，次).' })
  async reposts(@Root() { id }: ContentItem, @Ctx() context: Context) {
    return (await latest(context).load(id)).REPOSTS;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Likes as last observed, count; null when never (点赞量，次).' })
  async likes(@Root() { id }: ContentItem, @Ctx() context: Context) {
    return (await latest(context).load(id)).LIKES;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Comments as last observed, count; null when never (评论量，次).' })
  async comments(@Root() { id }: ContentItem, @Ctx() context: Context) {
    return (await latest(context).load(id)).COMMENTS;
  }

  @FieldResolver(() => Float, {
    description:
      'What a metric gained over a period: the count by its end less the count by its beginning, which is 0 before the first observation; count (期间传播量，次).',
  })
  async reach(
    @Root() { id }: ContentItem,
    @Arg('metric', () => Metric, { description: 'What is counted (指标).' }) metric: Metric,
    @Arg('from', () => GraphQLISODateTime, { description: 'Beginning, ISO 8601 (开始时间).' }) from: Date,
    @Arg('to', () => GraphQLISODateTime, { description: 'End, ISO 8601 (结束时间).' }) to: Date,
    @Ctx() context: Context,
  ) {
    if (to < from) throw new HubError('INVALID_INPUT', 'to: not before from.');
    const moments = [to, from].map(moment => latest(context, moment.toISOString()).load(id));
    const [end, beginning] = await Promise.all(moments);
    return (end![metric] ?? 0) - (beginning![metric] ?? 0);
  }

  @FieldResolver(() => MetricObservationConnection, { description: 'Its observations, latest first (观测记录).' })
  observations(
    @Root() { id }: ContentItem,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('metric', () => Metric, { nullable: true, description: 'Only of this metric (指标).' }) metric: Metric,
    @Ctx() context: Context,
  ): Page<MetricObservation> {
    return list(context, MetricObservation, {
      page,
      of: { item: id },
      where: metric ? { metric } : {},
      orderBy: [['observedAt', 'desc']],
    });
  }
}
