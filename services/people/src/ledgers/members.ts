import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { text } from '@hub/kit/imports/cell';
import { CellProblem, wrong } from '@hub/kit/imports/cell-problem';
import { date } from '@hub/kit/imports/date';
import { type Decision, decisionColumn } from '@hub/kit/imports/decision';
import { ImportOutcome, type Ledger, type LedgerRow } from '@hub/kit/imports/ledger';
import { integer } from '@hub/kit/imports/number';
import { codeToFind, type Placed, placeRows } from '@hub/kit/imports/organisations-of-rows';
import type { Parse } from '@hub/kit/imports/parse';
import { oneOf } from '@hub/kit/imports/words';
import { MembershipStatus } from '../branch-membership/branch-membership.ts';
import { checkJoiningDate } from '../branch-membership/joining-date.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { Gender } from '../person/person.ts';
import { personName } from '../person/person-name.ts';
import { normalPhone } from '../person/phone.ts';
import { type NamedPost, readPosts } from '../post/read-posts.ts';
import { findBranches } from './find-branches.ts';
import { judgeMemberships } from './judge-memberships.ts';
import { judgePosts } from './judge-posts.ts';
import { matchPeople } from './match-people.ts';
import { membersExplained } from './members-explained.ts';
import { writeMemberships } from './write-memberships.ts';
import { writePeople } from './write-people.ts';
import { writePosts } from './write-posts.ts';

export interface MemberLine {
  name: string;
  phone?: string;
  gender?: Gender;
  birthYear?: number;
  creditCode: string;
  branchName?: string;
  status?: MembershipStatus;
  joinedOn?: string;
  jobTitle?: string;
  post?: NamedPost[];
  decision?: Decision;
}
/** A row and what `check` found for it. */
export type Line = LedgerRow<MemberLine & Placed & { branchId?: string }>;

const birthYear: Parse<number> = (value, scale) => {
  const year = integer()(value.replace(/年$/, ''), scale);
  if (year < 1900 || year > 2100) throw wrong('OUT_OF_RANGE', { value, least: 1900, most: 2100 });
  return year;
};

/** What a row says of a membership has to go together. */
function checkMembership(row: Line): void {
  const { joinedOn, birthYear, branchName, status, post } = row.values;
  try {
    if (joinedOn) checkJoiningDate(joinedOn, birthYear);
  } catch (problem) {
    if (!(problem instanceof CellProblem)) throw problem;
    row.refuseCell('入党日期', joinedOn, problem);
  }
  const missing = (column: string, key: string, hint: string) =>
    row.refuseCell(column, undefined, wrong('VALUE_MISSING', { column: `${column} (${key})` }, hint));
  if (branchName && !status) missing('党员类别', 'status', 'status');
  if (branchName && !joinedOn) missing('入党日期', 'joinedOn', 'joined');
  if (post?.length && !branchName) missing('所在党支部', 'branchName', 'post');
}

async function check(context: Context, rows: Line[]): Promise<void> {
  await placeRows(context, organisationReference, rows, '所在企业信用代码');
  for (const row of rows) checkMembership(row);
  await findBranches(
    context,
    rows.filter(({ isGood, values }) => isGood && values.branchName),
  );
}

/** 党员台账: one row is a person on the real-name register, their branch and their posts in it. */
export const membersLedger: Ledger<MemberLine> = {
  name: 'members',
  title: '党员台账',
  explained: membersExplained,
  needs: ['people:personal'],
  columns: {
    name: { header: '姓名', required: true, personal: true, parse: personName },
    phone: { header: '联系电话', personal: true, none: true, parse: normalPhone },
    gender: {
      header: '性别',
      none: true,
      parse: oneOf({ 男: Gender.MALE, 女: Gender.FEMALE, MALE: Gender.MALE, FEMALE: Gender.FEMALE }),
    },
    birthYear: { header: '出生年份', none: true, parse: birthYear },
    creditCode: {
      header: '所在企业信用代码',
      required: true,
      parse: codeToFind,
    },
    branchName: { header: '所在党支部', none: true, parse: text(200) },
    status: {
      header: '党员类别',
      none: true,
      parse: oneOf({
        正式: MembershipStatus.FULL,
        正式党员: MembershipStatus.FULL,
        预备: MembershipStatus.PROBATIONARY,
        预备党员: MembershipStatus.PROBATIONARY,
        FULL: MembershipStatus.FULL,
        PROBATIONARY: MembershipStatus.PROBATIONARY,
      }),
    },
    joinedOn: { header: '入党日期', none: true, parse: date },
    jobTitle: { header: '职务', none: true, parse: text(100) },
    post: { header: '党内职务', none: true, parse: readPosts },
    decision: decisionColumn,
  },
  // Rows without a phone are looked at when they are compared with those on file.
  key: ({ creditCode, name, phone }) => phone && `${creditCode}/${compareKey(name)}/${phone}`,
  check,
  async apply(context, rows: Line[]) {
    const matched = await matchPeople(context, rows);
    const steps = await judgeMemberships(context, matched);
    const posts = await judgePosts(context, matched);
    const ids = await writePeople(context, matched);
    await writeMemberships(context, steps, ids);
    await writePosts(context, posts, ids);
    for (const row of rows)
      if (row.outcome === ImportOutcome.UNCHANGED && ((steps.get(row) ?? 'stay') !== 'stay' || posts.has(row)))
        row.outcome = ImportOutcome.UPDATED;
  },
};
