import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { wrong } from '@hub/kit/imports/cell-problem';
import { chunks, groupBy } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { PostKind } from '../post/post.ts';
import type { NamedPost } from '../post/read-posts.ts';
import type { Matched } from './match-people.ts';
import type { Line } from './members.ts';

interface Standing {
  person_id: string;
  branch_id: string;
  title: string;
  kind: PostKind;
}

async function standingIn({ em }: Context, branches: string[]): Promise<Map<string, Standing[]>> {
  const found: Standing[] = [];
  for (const part of chunks(branches, 20_000))
    found.push(
      ...(await em.execute<Standing[]>(
        `select p.person_id, p.branch_id, p.title, p.kind from post p join json_array_elements_text(?::json) as b (id) on p.branch_id = b.id::uuid
         where p.ended_on is null`,
        [JSON.stringify(part)],
      )),
    );
  return groupBy(found, ({ branch_id }) => branch_id);
}

/** One secretary, one deputy: a person who is so under another title is so already. */
const isThere = (post: NamedPost, held: Standing[]) =>
  held.some(
    ({ title, kind }) =>
      compareKey(title) === compareKey(post.title) ||
      (kind === post.kind && (kind === PostKind.SECRETARY || kind === PostKind.DEPUTY_SECRETARY)),
  );

/** The posts that each row gives anew. A branch has one secretary: another one is refused, on file or in the file. */
export async function judgePosts(context: Context, matched: Matched): Promise<Map<Line, NamedPost[]>> {
  const holders = [...matched].filter(([row]) => row.isGood && row.values.post?.length);
  const standing = await standingIn(context, [...new Set(holders.map(([row]) => row.values.branchId!))]);
  const secretaryRow = new Map<string, Line>();
  const fresh = new Map<Line, NamedPost[]>();
  for (const [row, person] of holders) {
    const { post: posts = [], branchId } = row.values;
    const inBranch = standing.get(branchId!) ?? [];
    const held = inBranch.filter(({ person_id }) => person_id === person?.id);
    const given = posts.filter(post => !isThere(post, held));
    const asSecretary = given.find(({ kind }) => kind === PostKind.SECRETARY);
    const first = secretaryRow.get(branchId!);
    if (asSecretary && (first || inBranch.some(({ kind }) => kind === PostKind.SECRETARY))) {
      const problem = wrong('SECRETARY_EXISTS', { row: first?.row ?? '' }, first && 'file');
      row.refuseCell('党内职务', asSecretary.title, problem, ImportOutcome.CONFLICT);
      continue;
    }
    if (asSecretary) secretaryRow.set(branchId!, row);
    if (given.length > 0) fresh.set(row, given);
  }
  return fresh;
}
