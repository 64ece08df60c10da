import type { Context } from '../context.ts';
import { mentionAll, type Reference, type ReferenceType } from '../reference.ts';
import { text } from './cell.ts';
import { wrong } from './cell-problem.ts';
import { code, looksDamaged } from './code.ts';
import type { LedgerRow } from './ledger.ts';
import type { Parse } from './parse.ts';

/** A credit code as written, to be looked up; its form is the business of the ledger that enters organisations. */
export const codeToFind: Parse<string> = (value, scale) => text(18)(code(value, scale), scale);

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
    else {
      const reason = looksDamaged(creditCode) ? 'CODE_DAMAGED_BY_SPREADSHEET' : 'UNKNOWN_ORGANISATION';
      row.refuseCell(column, creditCode, wrong(reason, { value: creditCode }));
    }
  }
}
