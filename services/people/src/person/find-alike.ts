import { chunks, groupBy } from '@hub/kit/imports/chunks';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { MembershipStatus } from '../branch-membership/branch-membership.ts';
import type { Gender } from './person.ts';

/** Whom to look for: a person who is entered or changed. */
export interface Sought {
  organisationId: string | null;
  divisionCode: string;
  nameKey: string;
  phone: string | null;
}

export interface MembershipOnFile {
  person_id: string;
  branch_id: string;
  status: MembershipStatus;
  joined_on: string;
  transferred_from_id: string | null;
  left_on: string | null;
}

/** A person on file who has the name or the phone of the one who is sought. */
export interface Alike {
  id: string;
  name: string;
  phone: string | null;
  gender: Gender | null;
  birth_year: number | null;
  job_title: string | null;
  organisation_id: string | null;
  identity_hash: string | null;
  real_name_status: string;
  /** Where the one sought is: in the organisation, or, without one, in the division alone. */
  isHere: boolean;
  sameName: boolean;
  samePhone: boolean;
  memberships: MembershipOnFile[];
}

type Found = Omit<Alike, 'isHere' | 'sameName' | 'samePhone' | 'memberships'> & {
  given: number;
  name_key: string | null;
  division_code: string;
};

const sought =
  'select * from json_to_recordset(?::json) as r (given int, organisation_id uuid, division_code text, name_key text, phone text)';
const columns =
  'r.given, p.id, p.name, p.name_key, p.phone, p.gender, p.birth_year, p.job_title, p.organisation_id, p.division_code, p.identity_hash, p.real_name_status';
const ways = [
  'p.organisation_id = r.organisation_id and p.name_key = r.name_key',
  'p.organisation_id = r.organisation_id and p.phone = r.phone',
  'p.phone = r.phone and p.name_key = r.name_key',
  'r.organisation_id is null and p.organisation_id is null and p.division_code = r.division_code and p.name_key = r.name_key',
];

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

/**
 * People of the viewer's slice who may be those sought, in the order of the latter: of the same place and the same name or phone, and
 * anywhere of the same name and phone. Each way is a join of its own, which an index or a hash serves.
 */
export async function findAlike(em: EntityManager, all: readonly Sought[]): Promise<Alike[][]> {
  const found: Found[] = [];
  for (const part of chunks(
    all.map((each, given) => ({ given, ...each })),
    20_000,
  )) {
    const lines = JSON.stringify(
      part.map(({ given, organisationId, divisionCode, nameKey, phone }) => ({
        given,
        organisation_id: organisationId,
        division_code: divisionCode,
        name_key: nameKey,
        phone,
      })),
    );
    found.push(
      ...(await em.execute<Found[]>(
        `with r as (${sought}) ${ways.map(way => `select ${columns} from r join person p on ${way}`).join(' union ')} order by id`,
        [lines],
      )),
    );
  }
  const memberships = await membershipsOf(em, [...new Set(found.map(({ id }) => id))]);
  const answers: Alike[][] = all.map(() => []);
  for (const { given, name_key, division_code, ...person } of found) {
    const { organisationId, divisionCode, nameKey, phone } = all[given]!;
    answers[given]!.push({
      ...person,
      isHere: person.organisation_id === organisationId && (organisationId !== null || division_code === divisionCode),
      sameName: name_key === nameKey,
      samePhone: phone !== null && person.phone === phone,
      memberships: memberships.get(person.id) ?? [],
    });
  }
  return answers;
}
