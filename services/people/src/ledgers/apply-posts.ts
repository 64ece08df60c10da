import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { PostKind } from '../post/post.ts';
import type { Line } from './members.ts';

const kindOf = (title: string): PostKind => {
  if (/副书记/.test(title)) return PostKind.DEPUTY_SECRETARY;
  if (/书记/.test(title)) return PostKind.SECRETARY;
  return /委员/.test(title) ? PostKind.MEMBER : PostKind.OTHER;
};

/** Gives people the posts the rows name. A branch has one secretary: another one is refused. Answers the rows that changed something. */
export async function applyPosts({ em }: Context, rows: Line[], ids: Map<Line, string>): Promise<Line[]> {
  const holders = rows.filter(({ isGood, values }) => isGood && values.post);
  const touched: Line[] = [];
  for (const part of chunks(holders)) {
    const branches = JSON.stringify(part.map(({ values }) => values.branchId));
    const standing = await em.execute<{ person_id: string; branch_id: string; title: string; kind: string }[]>(
      `select person_id, branch_id, title, kind from post where ended_on is null and branch_id in (select value::uuid from jsonb_array_elements_text(?::jsonb))`,
      [branches],
    );
    const has = new Set(standing.map(({ person_id, branch_id, title }) => `${person_id}/${branch_id}/${title}`));
    const secretaries = new Map(
      standing.filter(({ kind }) => kind === PostKind.SECRETARY).map(post => [post.branch_id, post.person_id]),
    );
    const fresh: object[] = [];
    for (const row of part) {
      const { post, branchId, divisionCode } = row.values;
      const person = ids.get(row)!;
      const kind = kindOf(post!);
      const secretary = secretaries.get(branchId!);
      if (has.has(`${person}/${branchId}/${post}`)) continue;
      if (kind === PostKind.SECRETARY && secretary && secretary !== person) {
        row.refuse(
          {
            code: 'SECRETARY_EXISTS',
            column: '党内职务',
            value: post,
            message: 'The branch has another secretary.',
            suggestion: '先办理原书记离任 / end that post first',
          },
          ImportOutcome.CONFLICT,
        );
        continue;
      }
      if (kind === PostKind.SECRETARY) secretaries.set(branchId!, person);
      fresh.push({ person_id: person, branch_id: branchId, division_code: divisionCode, title: post, kind });
      touched.push(row);
    }
    await em.execute(
      `insert into post (id, person_id, branch_id, division_code, title, kind)
       select gen_random_uuid(), person_id, branch_id, division_code, title, kind from json_to_recordset(?::json) as r (person_id uuid, branch_id uuid, division_code text, title text, kind text)`,
      [JSON.stringify(fresh)],
    );
  }
  return touched;
}
