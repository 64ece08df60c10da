import type { Context } from '@hub/kit/context';
import { CellProblem, wrong } from '@hub/kit/imports/cell-problem';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { MembershipStatus } from '../branch-membership/branch-membership.ts';
import { checkJoiningDate } from '../branch-membership/joining-date.ts';
import { namesOf } from '../names-of.ts';
import { joinedOnOf, livingOf } from '../person/candidate.ts';
import type { Alike } from '../person/find-alike.ts';
import type { Matched } from './match-people.ts';
import type { Line } from './members.ts';

/** What a row makes of a membership. */
export type MembershipStep = 'begin' | 'become full' | 'stay';

const conflict = (row: Line, column: string, value: string | undefined, problem: CellProblem) =>
  row.refuseCell(column, value, problem, ImportOutcome.CONFLICT);

function stepOf(row: Line, person: Alike | undefined, names: Map<string, string>): MembershipStep | undefined {
  const { branchId, status, joinedOn } = row.values;
  const memberships = person?.memberships ?? [];
  const living = person && livingOf(person);
  const branch = row.values.branchName;
  if (!living) {
    const last = memberships.at(-1);
    if (!last) return 'begin';
    // An older ledger does not bring them back.
    conflict(row, '所在党支部', branch, wrong('MEMBERSHIP_ENDED', { day: last.left_on! }));
    return undefined;
  }
  if (living.branch_id !== branchId) {
    const left = memberships.findLast(each => each.branch_id === branchId);
    const there = names.get(living.branch_id);
    const where = { branch: there ? `“${there}”` : '其他支部 (another branch)', since: left ? `，${left.left_on}起` : '' };
    conflict(row, '所在党支部', branch, wrong('MEMBER_ELSEWHERE', where, left && 'older'));
    return undefined;
  }
  const standing = joinedOnOf(person)!;
  if (joinedOn !== standing && joinedOn !== living.joined_on)
    conflict(row, '入党日期', joinedOn, wrong('JOINED_ON_DIFFERS', { standing }));
  if (living.status === MembershipStatus.FULL && status === MembershipStatus.PROBATIONARY)
    conflict(row, '党员类别', '预备', wrong('FULL_ALREADY'));
  if (!row.isGood) return undefined;
  return living.status === status ? 'stay' : 'become full';
}

/**
 * What each row that names a branch makes of a membership, told before anything is written. A ledger begins memberships and makes members
 * full; it moves nobody to another branch and no date of joining.
 */
export async function judgeMemberships(context: Context, matched: Matched): Promise<Map<Line, MembershipStep>> {
  const members = [...matched].filter(([row]) => row.values.branchId);
  const away = members.flatMap(([row, person]) => {
    const living = person && livingOf(person);
    return living && living.branch_id !== row.values.branchId ? [living.branch_id] : [];
  });
  const names = away.length > 0 ? await namesOf(context, 'Branch', away) : new Map<string, string>();
  const steps = new Map<Line, MembershipStep>();
  for (const [row, person] of members) {
    const { joinedOn, birthYear } = row.values;
    try {
      // What the row does not say is asked of the file; a row that says it was looked at before.
      if (birthYear === undefined) checkJoiningDate(joinedOn!, person?.birth_year);
    } catch (problem) {
      if (!(problem instanceof CellProblem)) throw problem;
      row.refuseCell('入党日期', joinedOn, problem);
    }
    const step = stepOf(row, person, names);
    if (step && row.isGood) steps.set(row, step);
  }
  return steps;
}
