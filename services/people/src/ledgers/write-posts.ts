import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import type { NamedPost } from '../post/read-posts.ts';
import type { Line } from './members.ts';

/** Gives people the posts that were judged to be new. */
export async function writePosts({ em }: Context, posts: Map<Line, NamedPost[]>, ids: Map<Line, string>): Promise<void> {
  const written = [...posts].flatMap(([row, named]) =>
    named.map(({ title, kind }) => ({
      person_id: ids.get(row),
      branch_id: row.values.branchId,
      division_code: row.values.divisionCode,
      title,
      kind,
    })),
  );
  for (const part of chunks(written))
    await em.execute(
      `insert into post (id, person_id, branch_id, division_code, title, kind)
       select gen_random_uuid(), person_id, branch_id, division_code, title, kind
       from json_to_recordset(?::json) as r (person_id uuid, branch_id uuid, division_code text, title text, kind text)`,
      [JSON.stringify(part)],
    );
}
