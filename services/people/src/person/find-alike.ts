import { chunks } from '@hub/kit/imports/chunks';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type MembershipOnFile, membershipsOf } from '../branch-membership/memberships-of.ts';
import type { Gender } from './person.ts';
import { isOnesOwn } from './phone.ts';

/** Whom to look for: a person who is entered or changed. */
export interface Sought {
  organisationId: string | null;
  divisionCode: string;
  nameKey: string;
  phone: string | null;
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

type OnFile = Omit<Alike, 'isHere' | 'sameName' | 'samePhone' | 'memberships'> & {
  given: number;
  name_key: string | null;
  division_code: string;
};

/** Where nobody is alike for certain, these are looked for; in this order, each with what has to be the same. */
interface Way {
  on: string;
  concerns(sought: Sought): boolean;
  key(sought: Sought): string;
}

const certain = 'p.organisation_id = r.organisation_id and p.name_key = r.name_key and p.phone = r.phone';
const ways: Way[] = [
  {
    on: 'p.organisation_id = r.organisation_id and p.name_key = r.name_key',
    concerns: ({ organisationId }) => organisationId !== null,
    key: ({ organisationId, nameKey }) => `${organisationId}/${nameKey}`,
  },
  {
    on: 'p.organisation_id is null and p.division_code = r.division_code and p.name_key = r.name_key',
    concerns: ({ organisationId }) => organisationId === null,
    key: ({ divisionCode, nameKey }) => `${divisionCode}/${nameKey}`,
  },
  {
    on: 'p.organisation_id = r.organisation_id and p.phone = r.phone',
    concerns: ({ organisationId, phone }) => organisationId !== null && phone !== null && isOnesOwn(phone),
    key: ({ organisationId, phone }) => `${organisationId}/${phone}`,
  },
  {
    on: 'p.phone = r.phone and p.name_key = r.name_key',
    concerns: ({ phone }) => phone !== null,
    key: ({ nameKey, phone }) => `${nameKey}/${phone}`,
  },
];

const columns =
  'id, name, name_key, phone, gender, birth_year, job_title, organisation_id, division_code, identity_hash, real_name_status';
/** Nobody chooses among more. Those without a phone come first, since they alone may be meant by a row that has none. */
const most = 50;

/** People on file for each of those sought, by their number. */
async function onFile(em: EntityManager, all: Sought[], on: string): Promise<Map<number, OnFile[]>> {
  const found: OnFile[] = [];
  for (const part of chunks(
    all.map((each, given) => ({ given, ...each })),
    20_000,
  )) {
    const lines = part.map(({ given, organisationId, divisionCode, nameKey, phone }) => ({
      given,
      organisation_id: organisationId,
      division_code: divisionCode,
      name_key: nameKey,
      phone,
    }));
    found.push(
      ...(await em.execute<OnFile[]>(
        `select given, ${columns} from (
           select r.given, p.*, row_number() over (partition by r.given order by p.phone is not null, p.id) as place
           from json_to_recordset(?::json) as r (given int, organisation_id uuid, division_code text, name_key text, phone text)
           join person p on ${on}) found
         where place <= ${most} order by given, place`,
        [JSON.stringify(lines)],
      )),
    );
  }
  return Map.groupBy(found, ({ given }) => given);
}

/**
 * People of the viewer's slice who may be those sought, in the order of the latter: who has the name and the phone at the place, or else all
 * who are alike. What several of them look for is looked for once, so that a thousand rows of one name do not answer a million.
 */
export async function findAlike(em: EntityManager, all: readonly Sought[]): Promise<Alike[][]> {
  const found: OnFile[][] = all.map(() => []);
  const phoned = all.flatMap((each, i) => (each.phone !== null && each.organisationId !== null ? [i] : []));
  const exact =
    phoned.length > 0
      ? await onFile(
          em,
          phoned.map(i => all[i]!),
          certain,
        )
      : new Map<number, OnFile[]>();
  for (const [given, people] of exact) found[phoned[given]!] = people;
  const open = all.flatMap((_, i) => (found[i]!.length === 0 ? [i] : []));
  for (const { on, concerns, key } of ways) {
    const groups = [
      ...Map.groupBy(
        open.filter(i => concerns(all[i]!)),
        i => key(all[i]!),
      ).values(),
    ];
    if (groups.length === 0) continue;
    const alike = await onFile(
      em,
      groups.map(([first]) => all[first!]!),
      on,
    );
    for (const [given, people] of alike) for (const i of groups[given]!) found[i]!.push(...people);
  }
  const memberships = await membershipsOf(em, [...new Set(found.flatMap(people => people.map(({ id }) => id)))]);
  // Thousands of rows may be alike to the same few: each is one object for all to whom it is alike in the same way.
  const known = new Map<string, Alike>();
  return all.map(({ organisationId, divisionCode, nameKey, phone }, i) => {
    const alike = found[i]!.map(({ given: _, name_key, division_code, ...person }) => {
      const isHere = person.organisation_id === organisationId && (organisationId !== null || division_code === divisionCode);
      const [sameName, samePhone] = [name_key === nameKey, phone !== null && person.phone === phone];
      const key = [person.id, isHere, sameName, samePhone].join('/');
      const one = known.get(key) ?? {
        ...person,
        isHere,
        sameName,
        samePhone,
        memberships: memberships.get(person.id) ?? [],
      };
      known.set(key, one);
      return one;
    });
    return [...new Set(alike)];
  });
}
