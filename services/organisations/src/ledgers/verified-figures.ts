import type { Context } from '@hub/kit/context';
import { wrong } from '@hub/kit/imports/cell-problem';
import { inParts } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { FigureStatus } from '../figure/figure.ts';
import { figureColumns } from './figure-columns.ts';
import type { Line } from './organisations.ts';

interface Verified {
  row: number;
  column: keyof typeof figureColumns;
  value: number;
}

/** A figure that was verified stands: a row that says another value of the same period is a conflict, which people decide. */
export async function keepVerified({ em }: Context, rows: Line[]): Promise<void> {
  const byRow = new Map(rows.map(row => [row.row, row]));
  const saidBy = ({ row, values }: Line) =>
    Object.entries(figureColumns).map(([column, { indicator }]) => ({
      row,
      column,
      indicator,
      credit_code: values.creditCode,
      period: values.period,
      value: values[column as keyof typeof figureColumns],
    }));
  await inParts(
    rows.filter(({ values }) => values.period !== undefined),
    part => JSON.stringify(part.flatMap(saidBy).filter(({ value }) => value !== undefined)),
    async said => {
      const others = await em.execute<Verified[]>(
        `select r."row", r."column", f.value
         from json_to_recordset(?::json) as r ("row" int, "column" text, indicator text, credit_code text, period text, value double precision)
         join organisation o on o.credit_code = r.credit_code
         join figure f on f.organisation_id = o.id and f.indicator = r.indicator and f.period = r.period
         where f.status = '${FigureStatus.VERIFIED}' and f.value <> r.value order by 1, 2`,
        [said],
      );
      for (const { row, column, value } of others) {
        const line = byRow.get(row)!;
        const { header } = figureColumns[column];
        const { period = '' } = line.values;
        const problem = wrong('VERIFIED_FIGURE_DIFFERS', { column: header, period, verified: value });
        line.refuseCell(header, String(line.values[column]), problem, ImportOutcome.CONFLICT);
      }
    },
  );
}
