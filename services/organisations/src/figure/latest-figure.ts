import type { Context } from '@hub/kit/context';
import type { Indicator } from './figure.ts';

/** The value of the latest period that ended by a date; one statement for all organisations of the operation. */
export function latestFigure(
  context: Context,
  indicator: Indicator,
  organisationId: string,
  asOf = '9999-12-31',
): Promise<number | null> {
  return context
    .batched<number | null>(`latest.${indicator}@${asOf}`, async ids => {
      const rows = await context.read.execute<{ organisation_id: string; value: number }>(
        `select distinct on (organisation_id) organisation_id, value from figure
         where organisation_id = any (?::uuid[]) and indicator = ? and period_end <= ? order by organisation_id, period_end desc`,
        [`{${ids.join(',')}}`, indicator, asOf],
      );
      const byId = new Map(rows.map(row => [row.organisation_id, row.value]));
      return ids.map(id => byId.get(id) ?? null);
    })
    .load(organisationId);
}
