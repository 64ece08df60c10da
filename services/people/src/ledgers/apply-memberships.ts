import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import type { Line } from './members.ts';

/** Makes the people members of their branches; a member of another branch is refused, that is a transfer. Answers the rows that changed something. */
export async function applyMemberships({ em }: Context, rows: Line[], ids: Map<Line, string>): Promise<Line[]> {
  const touched: Line[] = [];
  for (const part of chunks(rows)) {
    const lines = part.map(row => {
      const { branchId, divisionCode, status, joinedOn } = row.values;
      return { person_id: ids.get(row), branch_id: branchId, division_code: divisionCode, status, joined_on: joinedOn };
    });
    const shape = '(person_id uuid, branch_id uuid, division_code text, status text, joined_on date)';
    const living = await em.execute<{ person_id: string; branch_id: string }[]>(
      `select m.person_id, m.branch_id from branch_membership m join json_to_recordset(?::json) as r ${shape} on r.person_id = m.person_id where m.left_on is null`,
      [JSON.stringify(lines)],
    );
    const branchOf = new Map(living.map(({ person_id, branch_id }) => [person_id, branch_id]));
    await em.execute(
      `insert into branch_membership (id, person_id, branch_id, division_code, status, joined_on)
       select gen_random_uuid(), person_id, branch_id, division_code, status, joined_on from json_to_recordset(?::json) as r ${shape}`,
      [JSON.stringify(lines.filter(({ person_id }) => !branchOf.has(person_id!)))],
    );
    const changed = await em.execute<{ person_id: string }[]>(
      `update branch_membership m set status = r.status, joined_on = r.joined_on, version = m.version + 1 from json_to_recordset(?::json) as r ${shape}
       where m.person_id = r.person_id and m.branch_id = r.branch_id and m.left_on is null and (m.status, m.joined_on) is distinct from (r.status, r.joined_on) returning m.person_id`,
      [JSON.stringify(lines)],
    );
    const isChanged = new Set(changed.map(({ person_id }) => person_id));
    for (const row of part) {
      const person = ids.get(row)!;
      const branch = branchOf.get(person);
      if (branch === undefined || isChanged.has(person)) touched.push(row);
      else if (branch !== row.values.branchId)
        row.refuse(
          {
            code: 'MEMBER_ELSEWHERE',
            column: '所在党支部',
            value: row.values.branchName,
            message: 'The person is a member of another branch.',
            suggestion: '组织关系转接请用 transferMember / a transfer is its own operation',
          },
          ImportOutcome.CONFLICT,
        );
    }
  }
  return touched;
}
