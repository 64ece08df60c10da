import type { Context } from '@hub/kit/context';
import { text } from '@hub/kit/imports/cell';
import { CellProblem, wrong } from '@hub/kit/imports/cell-problem';
import { notDamaged } from '@hub/kit/imports/code';
import { date } from '@hub/kit/imports/date';
import type { Ledger, LedgerRow } from '@hub/kit/imports/ledger';
import { integer } from '@hub/kit/imports/number';
import { codeToFind, type Placed, placeRows } from '@hub/kit/imports/organisations-of-rows';
import type { Parse } from '@hub/kit/imports/parse';
import { oneOf } from '@hub/kit/imports/words';
import { MembershipStatus } from '../branch-membership/branch-membership.ts';
import { organisationReference } from '../organisation/organisation.ts';
import { Gender } from '../person/person.ts';
import { applyMemberships } from './apply-memberships.ts';
import { applyPeople } from './apply-people.ts';
import { applyPosts } from './apply-posts.ts';
import { findBranches } from './find-branches.ts';

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
  post?: string;
}
/** A row and what `check` found for it. */
export type Line = LedgerRow<MemberLine & Placed & { branchId?: string }>;

const phone: Parse<string> = value => {
  const digits = notDamaged(value).replace(/[\s()-]/g, '');
  if (!/^\+?\d{7,20}$/.test(digits))
    throw new CellProblem('NOT_A_PHONE', 'This is no telephone number.', '如 13800000000 / digits only');
  return digits;
};

const birthYear: Parse<number> = (value, scale) => {
  const year = integer()(value.replace(/年$/, ''), scale);
  if (year < 1900 || year > 2100) throw wrong('OUT_OF_RANGE', { value, least: 1900, most: 2100 });
  return year;
};

async function check(context: Context, rows: Line[]): Promise<void> {
  await placeRows(context, organisationReference, rows, '所在企业信用代码');
  for (const row of rows) {
    if (row.values.branchName && !row.values.status)
      row.refuse({
        code: 'VALUE_MISSING',
        column: '党员类别',
        message: 'A member of a branch is probationary or full.',
        suggestion: '填 正式 或 预备 / full or probationary',
      });
    if (row.values.branchName && !row.values.joinedOn)
      row.refuse({
        code: 'VALUE_MISSING',
        column: '入党日期',
        message: 'A member of a branch has a date of joining.',
        suggestion: '填写入党日期 / fill in joinedOn',
      });
    if (row.values.post && !row.values.branchName)
      row.refuse({
        code: 'VALUE_MISSING',
        column: '所在党支部',
        message: 'A post in the party is in a branch.',
        suggestion: '填写所在党支部 / fill in branchName',
      });
  }
  await findBranches(
    context,
    rows.filter(({ isGood, values }) => isGood && values.branchName),
  );
}

/** 党员台账: one row is a person on the real-name register, their branch and their post in it. */
export const membersLedger: Ledger<MemberLine> = {
  name: 'members',
  needs: ['people:personal'],
  columns: {
    name: { header: '姓名', required: true, personal: true, parse: text(100) },
    phone: { header: '联系电话', personal: true, parse: phone },
    gender: { header: '性别', parse: oneOf({ 男: Gender.MALE, 女: Gender.FEMALE, MALE: Gender.MALE, FEMALE: Gender.FEMALE }) },
    birthYear: { header: '出生年份', parse: birthYear },
    creditCode: {
      header: '所在企业信用代码',
      required: true,
      parse: codeToFind,
    },
    branchName: { header: '所在党支部', none: true, parse: text(200) },
    status: {
      header: '党员类别',
      parse: oneOf({
        正式: MembershipStatus.FULL,
        正式党员: MembershipStatus.FULL,
        预备: MembershipStatus.PROBATIONARY,
        预备党员: MembershipStatus.PROBATIONARY,
        FULL: MembershipStatus.FULL,
        PROBATIONARY: MembershipStatus.PROBATIONARY,
      }),
    },
    joinedOn: { header: '入党日期', parse: date },
    jobTitle: { header: '职务', parse: text(100) },
    post: { header: '党内职务', none: true, parse: text(100) },
  },
  key: ({ creditCode, name, phone: number }) => `${creditCode}/${number ?? name}`,
  check,
  async apply(context, rows: Line[]) {
    const ids = await applyPeople(context, rows);
    const members = rows.filter(({ isGood, values }) => isGood && values.branchId);
    const touched = new Set([...(await applyMemberships(context, members, ids)), ...(await applyPosts(context, members, ids))]);
    for (const row of rows) if (row.outcome === 'UNCHANGED' && touched.has(row)) row.outcome = 'UPDATED' as Line['outcome'];
  },
};
