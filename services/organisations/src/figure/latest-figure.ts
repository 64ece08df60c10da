import type { Context } from '@hub/kit/context';
import { type FigureStatus, Indicator } from './figure.ts';

/**
 * Which figures may stand as the latest, as SQL: the output of a year and that of a part of one are two things, so the latest output is the
 * latest year's. Persons are counted at the end of a period, whichever its length.
 */
export const mayBeLatest = (figure: string) =>
  `(${figure}.indicator <> '${Indicator.OUTPUT_VALUE}' or length(${figure}.period) = 4)`;

/** Of periods that end on one day the shortest is the nearest to it. */
export const latestFirst = (figure: string) => `${figure}.period_end desc, length(${figure}.period) desc`;

/** The value of the latest period that ended by a date; one statement for all organisations of the operation. */
export function latestFigure(
  context: Context,
  indicator: Indicator,
  organisationId: string,
  asOf?: string | null,
  status?: FigureStatus | null,
): Promise<number | null> {
  return context
    .batched<number | null>(`latest.${indicator}.${status ?? ''}@${asOf ?? ''}`, async ids => {
      const rows = await context.read.execute<{ organisation_id: string; value: number }>(
        `select distinct on (organisation_id) organisation_id, value from figure f
         where organisation_id = any (?::uuid[]) and indicator = ? and period_end <= ? and ${mayBeLatest('f')}
           and (?::text is null or status = ?) order by organisation_id, ${latestFirst('f')}`,
        [`{${ids.join(',')}}`, indicator, asOf ?? '9999-12-31', status ?? null, status ?? null],
      );
      const byId = new Map(rows.map(row => [row.organisation_id, row.value]));
      return ids.map(id => byId.get(id) ?? null);
    })
    .load(organisationId);
}
