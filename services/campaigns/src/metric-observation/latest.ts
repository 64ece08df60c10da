import type { Context } from '@hub/kit/context';
import type { Metric } from './metric-observation.ts';

type Counts = Partial<Record<Metric, number>>;

/** Counts of items by a moment, of every metric; one statement for all items of the operation that ask for it. */
export const latest = (context: Context, by = 'infinity') =>
  context.batched<Counts>(`latest@${by}`, async ids => {
    const rows = await context.read.execute<{ item_id: string; metric: Metric; value: string }>(
      `select distinct on (item_id, metric) item_id, metric, value from metric_observation
       where item_id = any (?::uuid[]) and observed_at <= ?::timestamptz order by item_id, metric, observed_at desc`,
      [`{${ids.join(',')}}`, by],
    );
    const counts = new Map<string, Counts>(ids.map(id => [id, {}]));
    for (const { item_id, metric, value } of rows) counts.get(item_id)![metric] = Number(value);
    return ids.map(id => counts.get(id)!);
  });
