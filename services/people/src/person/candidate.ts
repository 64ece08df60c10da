import type { Candidate } from '@hub/kit/imports/ledger';
import { maskName, maskPhone } from '@hub/kit/personal';
import { MembershipStatus } from '../branch-membership/branch-membership.ts';
import type { MembershipOnFile } from '../branch-membership/memberships-of.ts';
import type { Alike } from './find-alike.ts';
import { Gender } from './person.ts';
import { isOnesOwn } from './phone.ts';

/** What is said of the one who is sought; what is left out is not known. */
export interface Said {
  phone?: string | null;
  gender?: Gender | null;
  birthYear?: number | null;
  organisationId?: string | null;
  branchId?: string | null;
  status?: MembershipStatus | null;
  joinedOn?: string | null;
  jobTitle?: string | null;
}

/**
 * Alike enough to be asked about: of one place by the name, or by a phone that one person carries, and of any place by both. An office
 * shares its landline, so that says nothing of a person.
 */
export const isLikely = ({ isHere, sameName, samePhone, phone }: Alike): boolean =>
  (isHere && (sameName || (samePhone && isOnesOwn(phone!)))) || (sameName && samePhone);

const standing = { [MembershipStatus.FULL]: '正式党员', [MembershipStatus.PROBATIONARY]: '预备党员' };

export const livingOf = ({ memberships }: Alike): MembershipOnFile | undefined =>
  memberships.find(({ left_on }) => left_on === null);

/** When they joined the party; a transfer began a membership of its own, later. */
export const joinedOnOf = ({ memberships }: Alike): string | undefined => memberships[0]?.joined_on;

const both = <T>(one: T | null | undefined, other: T | null | undefined): boolean =>
  one != null && other != null && one !== other;

/** Headers of what is said otherwise than it stands on file. */
export function differing(said: Said, person: Alike): string[] {
  const living = livingOf(person);
  const differs: [string, boolean][] = [
    ['姓名', !person.sameName],
    ['联系电话', (said.phone ?? null) !== person.phone],
    ['性别', both(said.gender, person.gender)],
    ['出生年份', both(said.birthYear, person.birth_year)],
    ['所在企业信用代码', !person.isHere],
    ['所在党支部', both(said.branchId, living?.branch_id)],
    ['党员类别', both(said.status, living?.status)],
    ['入党日期', both(said.joinedOn, joinedOnOf(person))],
    ['职务', both(said.jobTitle, person.job_title)],
  ];
  return differs.flatMap(([header, isSo]) => (isSo ? [header] : []));
}

/** That it cannot be the same person, as far as is known of both. */
export const contradicts = (said: Said, person: Alike): boolean =>
  both(said.gender, person.gender) || both(said.birthYear, person.birth_year) || both(said.joinedOn, joinedOnOf(person));

/**
 * Somebody on file whom a row or an input may be about. Masked for everybody: problems of an import are kept and read later, also by those
 * without people:personal, and a refused change leaves no read log. Who may see the person whole asks by the id.
 */
export function candidateOf(person: Alike, organisations: Map<string, string>, differs: string[]): Candidate {
  const living = livingOf(person);
  const parts = [
    maskName(person.name),
    person.phone ? maskPhone(person.phone) : '无电话',
    organisations.get(person.organisation_id ?? ''),
    living && standing[living.status],
  ];
  return { id: person.id, text: parts.filter(Boolean).join('，'), differs };
}
