import { chunks, groupBy } from '@hub/kit/imports/chunks';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { MembershipStatus } from './branch-membership.ts';

export interface MembershipOnFile {
  person_id: string;
  branch_id: string;
  status: MembershipStatus;
  joined_on: string;
  transferred_from_id: string | null;
  left_on: string | null;
}

/** The memberships that people have and had, the first they joined first. */
export async function membershipsOf(em: EntityManager, people: readonly string[]): Promise<Map<string, MembershipOnFile[]>> {
  const found: MembershipOnFile[] = [];
  for (const part of chunks(people, 20_000))
    found.push(
      ...(await em.execute<MembershipOnFile[]>(
        `select m.person_id, m.branch_id, m.status, m.joined_on::text as joined_on, m.transferred_from_id, m.left_on::text as left_on
         from branch_membership m join json_array_elements_text(?::json) as p (id) on m.person_id = p.id::uuid order by m.joined_on, m.id`,
        [JSON.stringify(part)],
      )),
    );
  return groupBy(found, ({ person_id }) => person_id);
}
