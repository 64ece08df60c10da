import type { Context } from '@hub/kit/context';
import { wrong } from '@hub/kit/imports/cell-problem';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { Metric } from '../metric-observation/metric-observation.ts';
import type { Line } from './content.ts';

interface Contradiction {
  item_id: string;
  metric: Metric;
  value: string;
  observed_at: string;
}

const shape = '(item_id uuid, division_code text, metric text, value bigint, observed_at timestamptz)';
const columnOf: Partial<Record<Metric, string>> = { READS: '阅读量', REPOSTS: '转发量' };

/** Enters the counts. They only grow with time: a row that contradicts an earlier observation is refused, a correction is entered by hand. */
export async function applyObservations({ em }: Context, rows: Line[]): Promise<void> {
  for (const part of chunks(rows)) {
    const byItem = new Map(part.map(row => [row.values.itemId!, row]));
    const lines = part.flatMap(({ values: { itemId, divisionCode, reads, reposts, observedOn } }) =>
      [
        [Metric.READS, reads],
        [Metric.REPOSTS, reposts],
      ]
        .filter(([, value]) => value !== undefined)
        .map(([metric, value]) => ({
          item_id: itemId,
          division_code: divisionCode,
          metric,
          value,
          observed_at: `${observedOn}T00:00:00+08:00`,
        })),
    );
    const contradictions = await em.execute<Contradiction[]>(
      `select distinct on (r.item_id) o.item_id, o.metric, o.value::text, o.observed_at::date::text as observed_at from json_to_recordset(?::json) as r ${shape}
       join metric_observation o on o.item_id = r.item_id and o.metric = r.metric
       where (o.observed_at = r.observed_at and o.value <> r.value) or (o.observed_at < r.observed_at and o.value > r.value) or (o.observed_at > r.observed_at and o.value < r.value)
       order by r.item_id`,
      [JSON.stringify(lines)],
    );
    for (const { item_id, metric, value, observed_at } of contradictions) {
      const row = byItem.get(item_id)!;
      const said = metric === Metric.READS ? row.values.reads : row.values.reposts;
      const problem = wrong('COUNT_CONTRADICTS', { day: observed_at, count: value });
      row.refuseCell(columnOf[metric], String(said), problem, ImportOutcome.CONFLICT);
    }
    const good = lines.filter(({ item_id }) => byItem.get(item_id!)!.isGood);
    const entered = await em.execute<{ item_id: string }[]>(
      `insert into metric_observation (id, item_id, division_code, metric, value, observed_at, method)
       select gen_random_uuid(), item_id, division_code, metric, value, observed_at, '台账' from json_to_recordset(?::json) as r ${shape}
       on conflict (item_id, metric, observed_at) do nothing returning item_id`,
      [JSON.stringify(good)],
    );
    for (const { item_id } of entered) {
      const row = byItem.get(item_id)!;
      if (row.outcome === ImportOutcome.UNCHANGED) row.outcome = ImportOutcome.UPDATED;
    }
  }
}
