import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import type { MembershipStep } from './judge-memberships.ts';
import type { Line } from './members.ts';

const lines = 'json_to_recordset(?::json) as r (person_id uuid, branch_id uuid, division_code text, status text, joined_on date)';

/** Begins memberships and makes members full, as was judged. */
export async function writeMemberships({ em }: Context, steps: Map<Line, MembershipStep>, ids: Map<Line, string>): Promise<void> {
  const rowsOf = (wanted: MembershipStep) => [...steps].flatMap(([row, step]) => (step === wanted && row.isGood ? [row] : []));
  const written = (rows: Line[]) =>
    JSON.stringify(
      rows.map(row => {
        const { branchId, divisionCode, status, joinedOn } = row.values;
        return { person_id: ids.get(row), branch_id: branchId, division_code: divisionCode, status, joined_on: joinedOn };
      }),
    );
  for (const part of chunks(rowsOf('begin')))
    await em.execute(
      `insert into branch_membership (id, person_id, branch_id, division_code, status, joined_on)
       select gen_random_uuid(), person_id, branch_id, division_code, status, joined_on from ${lines}`,
      [written(part)],
    );
  for (const part of chunks(rowsOf('become full')))
    await em.execute(
      `update branch_membership m set status = r.status, version = m.version + 1 from ${lines}
       where m.person_id = r.person_id and m.branch_id = r.branch_id and m.left_on is null`,
      [written(part)],
    );
}
