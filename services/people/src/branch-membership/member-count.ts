import type { Context } from '@hub/kit/context';
import { readsNoRows } from '@hub/kit/within';

const counts = {
  branch: `select branch_id as id, count(*)::int as members from branch_membership
    where branch_id = any (?::uuid[]) and left_on is null group by branch_id`,
  organisation: `select p.organisation_id as id, count(*)::int as members from branch_membership m join person p on p.id = m.person_id
    where p.organisation_id = any (?::uuid[]) and m.left_on is null group by p.organisation_id`,
};

/** Living memberships of branches or of organisations' people; one statement for all of the operation. */
export function memberCount(context: Context, of: keyof typeof counts, id: string): Promise<number | null> {
  if (readsNoRows(context.viewer)) return Promise.resolve(null);
  return context
    .batched<number>(`memberCount.${of}`, async ids => {
      const rows = await context.read.execute<{ id: string; members: number }>(counts[of], [`{${ids.join(',')}}`]);
      const byId = new Map(rows.map(row => [row.id, row.members]));
      return ids.map(each => byId.get(each) ?? 0);
    })
    .load(id);
}
