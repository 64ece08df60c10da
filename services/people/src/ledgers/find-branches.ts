import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { wrong } from '@hub/kit/imports/cell-problem';
import { chunks } from '@hub/kit/imports/chunks';
import { askPeer } from '@hub/kit/peer';
import { mentionAll } from '@hub/kit/reference';
import { branchReference } from '../branch/branch.ts';
import type { Line } from './members.ts';

interface Answer {
  branches: {
    nodes: { id: string; name: string; division: { code: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

const query = `query ($names: [String!]!, $after: String) {
  branches(first: 200, after: $after, where: { names: $names, dissolved: false }) { nodes { id name division { code } } pageInfo { hasNextPage endCursor } } }`;

/** Finds each row's branch by its name in the division of the row's organisation, and makes it known here. */
export async function findBranches(context: Context, rows: Line[]): Promise<void> {
  const byKey = new Map<string, string>();
  const names = [...new Set(rows.map(({ values }) => values.branchName!))];
  for (const part of chunks(names, 1_000)) {
    for (let after: string | undefined, more = true; more; ) {
      const { branches } = await askPeer<Answer>(context.peers.organisations, context.authorization, query, {
        names: part,
        after,
      });
      for (const { id, name, division } of branches.nodes) byKey.set(`${division.code}/${compareKey(name)}`, id);
      after = branches.pageInfo.endCursor;
      more = branches.pageInfo.hasNextPage;
    }
  }
  await mentionAll(context, branchReference, [...byKey.values()]);
  for (const row of rows) {
    const { branchName, divisionCode } = row.values;
    row.values.branchId = byKey.get(`${divisionCode}/${compareKey(branchName!)}`);
    if (!row.values.branchId) row.refuseCell('所在党支部', branchName, wrong('UNKNOWN_BRANCH', { value: branchName! }));
  }
}
