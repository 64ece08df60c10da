import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import { Indicator } from '../figure/figure.ts';
import { periodEnd } from '../figure/period.ts';
import type { Line } from './organisations.ts';

/** Reports the figures of the rows; a figure of the same period is corrected. Answers the organisations whose figures changed. */
export async function applyFigures({ em }: Context, rows: Line[], ids: Map<string, string>): Promise<string[]> {
  const figures = rows.flatMap(({ values }) =>
    [
      [Indicator.EMPLOYEES, values.employees],
      [Indicator.OUTPUT_VALUE, values.outputValue],
      [Indicator.REPORTED_MEMBERS, values.reportedMembers],
    ]
      .filter(([, value]) => value !== undefined)
      .map(([indicator, value]) => ({
        organisation_id: ids.get(values.creditCode),
        division_code: values.division,
        indicator,
        period: values.period,
        period_end: periodEnd(values.period!),
        value,
      })),
  );
  const touched: string[] = [];
  for (const part of chunks(figures, 10_000)) {
    const changed = await em.execute<{ organisation_id: string }[]>(
      `insert into figure (id, organisation_id, division_code, indicator, period, period_end, value, source)
       select gen_random_uuid(), organisation_id, division_code, indicator, period, period_end, value, 'ledger'
       from jsonb_to_recordset(?::jsonb) as r (organisation_id uuid, division_code text, indicator text, period text, period_end date, value double precision)
       on conflict (organisation_id, indicator, period) do update set value = excluded.value, version = figure.version + 1, status = 'REPORTED', source = 'ledger'
       where figure.value <> excluded.value
       returning organisation_id`,
      [JSON.stringify(part)],
    );
    touched.push(...changed.map(({ organisation_id }) => organisation_id));
  }
  return touched;
}
