import type { Context } from '@hub/kit/context';
import { inParts } from '@hub/kit/imports/chunks';
import { periodEnd } from '../figure/period.ts';
import { figureColumns } from './figure-columns.ts';
import type { Line } from './organisations.ts';

/** Lines of a file in one statement; each has up to three figures. */
const atOnce = 3_000;

/** Reports the figures of the rows; a figure of the same period is corrected. Answers the organisations whose figures changed. */
export async function applyFigures({ em }: Context, rows: Line[], ids: Map<string, string>): Promise<string[]> {
  const touched: string[] = [];
  await inParts(
    rows,
    part => JSON.stringify(part.flatMap(row => figuresOf(row, ids))),
    async figures => {
      const changed = await em.execute<{ organisation_id: string }[]>(
        `insert into figure (id, organisation_id, division_code, indicator, period, period_end, value, source)
         select gen_random_uuid(), organisation_id, division_code, indicator, period, period_end, value, 'ledger'
         from json_to_recordset(?::json) as r (organisation_id uuid, division_code text, indicator text, period text, period_end date, value double precision)
         on conflict (organisation_id, indicator, period) do update set value = excluded.value, version = figure.version + 1, status = 'REPORTED', source = 'ledger'
         where figure.value <> excluded.value and figure.status <> 'VERIFIED'
         returning organisation_id`,
        [figures],
      );
      for (const { organisation_id } of changed) touched.push(organisation_id);
    },
    atOnce,
  );
  return touched;
}

const figuresOf = ({ values }: Line, ids: Map<string, string>) =>
  Object.entries(figureColumns)
    .map(([column, { indicator }]) => ({ indicator, value: values[column as keyof typeof figureColumns] }))
    .filter(({ value }) => value !== undefined)
    .map(figure => ({
      ...figure,
      organisation_id: ids.get(values.creditCode),
      division_code: values.division,
      period: values.period,
      period_end: periodEnd(values.period!),
    }));
