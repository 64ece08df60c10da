import { randomUUID } from 'node:crypto';
import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { chunks, groupBy, inParts } from '@hub/kit/imports/chunks';
import { sortKey } from '@hub/kit/sort-key';
import type { Line } from './organisations.ts';

const keyOf = (division: string, name: string) => `${division}/${compareKey(name)}`;

/** Establishes the branches the rows name, once per division and name, and links their organisations. Answers the organisations newly linked. */
export async function applyBranches({ em }: Context, rows: Line[], ids: Map<string, string>): Promise<string[]> {
  const withBranch = rows.filter(({ values }) => values.branchKind && values.branchName);
  const groups = groupBy(withBranch, ({ values }) => keyOf(values.division, values.branchName!));
  const branches = [...groups].map(([key, [first]]) => ({
    key,
    id: randomUUID(),
    division_code: first!.values.division,
    name: first!.values.branchName!,
    name_key: compareKey(first!.values.branchName!),
    kind: first!.values.branchKind,
  }));
  const idByKey = new Map<string, string>();
  for (const part of chunks(branches)) {
    const known = await em.execute<{ id: string; key: string }[]>(
      `select b.id, b.division_code || '/' || b.name_key as key from branch b
       join json_to_recordset(?::json) as r (division_code text, name_key text) on b.division_code = r.division_code and b.name_key = r.name_key where b.dissolved_on is null`,
      [JSON.stringify(part)],
    );
    for (const { id, key } of known) idByKey.set(key, id);
  }
  // All look-ups come before the first insert: a table that has just been filled has no statistics to plan them by.
  const missing = branches.filter(({ key }) => !idByKey.has(key));
  await inParts(
    missing,
    part => JSON.stringify(part.map(branch => ({ ...branch, sort_key: sortKey(branch.name) }))),
    async branches => {
      await em.execute(
        `insert into branch (id, division_code, name, sort_key, name_key, kind)
         select id, division_code, name, sort_key, name_key, kind
         from json_to_recordset(?::json) as r (id uuid, division_code text, name text, sort_key text, name_key text, kind text)`,
        [branches],
      );
    },
  );
  for (const { id, key } of missing) idByKey.set(key, id);
  const touched: string[] = [];
  const linkOf = ({ values }: Line) => ({
    branch_id: idByKey.get(keyOf(values.division, values.branchName!)),
    organisation_id: ids.get(values.creditCode),
    division_code: values.division,
  });
  await inParts(
    withBranch,
    part => JSON.stringify(part.map(linkOf)),
    async links => {
      const linked = await em.execute<{ organisation_id: string }[]>(
        `insert into branch_organisation (id, branch_id, organisation_id, division_code)
         select gen_random_uuid(), branch_id, organisation_id, division_code from json_to_recordset(?::json) as r (branch_id uuid, organisation_id uuid, division_code text)
         on conflict (branch_id, organisation_id) do update set left_on = null, version = branch_organisation.version + 1 where branch_organisation.left_on is not null
         returning organisation_id`,
        [links],
      );
      for (const { organisation_id } of linked) touched.push(organisation_id);
    },
  );
  return touched;
}
