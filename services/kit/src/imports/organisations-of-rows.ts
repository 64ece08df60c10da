import type { Context } from '../context.ts';
import { mentionAll, type Reference, type ReferenceType } from '../reference.ts';
import type { Parse } from './cell.ts';
import { text } from './cell.ts';
import type { LedgerRow } from './ledger.ts';

/** A credit code as written, to be looked up; its form is the business of the ledger that enters organisations. */
export const codeToFind: Parse<string> = (value, scale) => text(18)(value.replace(/\s/g, '').toUpperCase(), scale);

/** What the look-up adds to a row. */
export interface Placed {
  organisationId?: string;
  divisionCode?: string;
}

/** Finds the organisation of each row by its credit code, in the caller's slice, and makes it known here. */
export async function placeRows<T extends Reference>(
  context: Context,
  organisation: ReferenceType<T>,
  rows: LedgerRow<{ creditCode: string } & Placed>[],
  column: string,
): Promise<void> {
  const codes = rows.map(({ values }) => values.creditCode);
  const found = await mentionAll(context, organisation, codes, 'creditCode');
  for (const row of rows) {
    const { creditCode } = row.values;
    const place = found.get(creditCode);
    if (place) Object.assign(row.values, { organisationId: place.id, divisionCode: place.divisionCode });
    else
      row.refuse({
        code: 'UNKNOWN_ORGANISATION',
        column,
        value: creditCode,
        message: 'No such organisation in your slice.',
        suggestion: '核对信用代码，或先导入企业台账 / check the code, or import the organisations ledger first',
      });
  }
}
