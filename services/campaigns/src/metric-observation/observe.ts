import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { LockMode } from '@mikro-orm/postgresql';
import { ContentItem } from '../content-item/content-item.ts';
import { latest } from './latest.ts';
import type { CreateMetricObservation } from './metric-observation.input.ts';
import { MetricObservation } from './metric-observation.ts';

/** Enters a cumulative count. It only grows with time: what contradicts its neighbours is a correction and needs a reason. */
export async function observe(
  context: Context,
  { itemId, correctionReason, ...input }: CreateMetricObservation,
): Promise<MetricObservation> {
  const { em } = context;
  const item = await em.findOneOrFail(ContentItem, itemId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const { metric, observedAt, value } = input;
  const [before, after] = await Promise.all([
    em.findOne(MetricObservation, { item, metric, observedAt: { $lt: observedAt } }, { orderBy: { observedAt: 'desc' } }),
    em.findOne(MetricObservation, { item, metric, observedAt: { $gt: observedAt } }, { orderBy: { observedAt: 'asc' } }),
  ]);
  const lower = before && value < before.value;
  const higher = after && value > after.value;
  if ((lower || higher) && !correctionReason)
    throw new HubError(
      'NOT_ALLOWED',
      lower
        ? `The count was ${before.value} before: a lower one is a correction and needs correctionReason.`
        : `The count is ${after!.value} later: a higher one before it is a correction and needs correctionReason.`,
    );
  const observation = em.create(MetricObservation, { ...input, correctionReason, item, divisionCode: item.divisionCode });
  await em.flush();
  latest(context).clear(itemId);
  return observation;
}
