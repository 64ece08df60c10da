import type { Context } from '@hub/kit/context';
import { readsNoRows } from '@hub/kit/within';

/** What an organisation gave, CNY, reversals netted out; one statement for all organisations of the operation. */
export function donationTotal(context: Context, organisationId: string): Promise<number | null> {
  if (readsNoRows(context.viewer)) return Promise.resolve(null);
  return context
    .batched<number>('organisation.donationTotal', async ids => {
      const rows = await context.read.execute<{ id: string; total: number }>(
        `select donor_organisation_id as id, sum(coalesce(amount, valuation_amount, 0))::float8 as total from donation
         where donor_organisation_id = any (?::uuid[]) group by donor_organisation_id`,
        [`{${ids.join(',')}}`],
      );
      const totals = new Map(rows.map(({ id, total }) => [id, total]));
      return ids.map(id => totals.get(id) ?? 0);
    })
    .load(organisationId);
}
