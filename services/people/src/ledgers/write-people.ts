import { randomUUID } from 'node:crypto';
import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { sortKey } from '@hub/kit/sort-key';
import { RealNameStatus } from '../person/person.ts';
import type { Matched } from './match-people.ts';
import type { Line } from './members.ts';

const columns = 'id, organisation_id, division_code, name, sort_key, name_key, phone, gender, birth_year, job_title';
const lines =
  'json_to_recordset(?::json) as r (id uuid, organisation_id uuid, division_code text, name text, sort_key text, name_key text, phone text, gender text, birth_year int, job_title text)';

/** What a row that leaves a column empty leaves as it is. A name stays as it was written first, unless it is another. */
const after =
  'r.name, r.sort_key, r.name_key, coalesce(r.phone, p.phone), coalesce(r.gender, p.gender), coalesce(r.birth_year, p.birth_year), coalesce(r.job_title, p.job_title), r.organisation_id, r.division_code';
const before = 'name, sort_key, name_key, phone, gender, birth_year, job_title, organisation_id, division_code';
const change = `update person p set version = p.version + 1, (${before}) = row (${after}),
   is_contact = p.is_contact and p.organisation_id is not distinct from r.organisation_id,
   real_name_status = case when p.name = r.name then p.real_name_status else '${RealNameStatus.UNVERIFIED}' end,
   real_name_method = case when p.name = r.name then p.real_name_method end,
   verified_on = case when p.name = r.name then p.verified_on end
 from ${lines} where p.id = r.id and (${before
   .split(', ')
   .map(column => `p.${column}`)
   .join(', ')}) is distinct from (${after}) returning p.id`;

/** Enters people and changes those on file; answers the id of each row's person and sets the rows' outcomes. */
export async function writePeople({ em }: Context, matched: Matched): Promise<Map<Line, string>> {
  const ids = new Map<Line, string>();
  for (const part of chunks([...matched].filter(([row]) => row.isGood))) {
    const written = part.map(([{ values }, person]) => {
      const key = compareKey(values.name);
      const name = person?.sameName ? person.name : values.name;
      return {
        id: person?.id ?? randomUUID(),
        organisation_id: values.organisationId,
        division_code: values.divisionCode,
        name,
        sort_key: sortKey(name),
        name_key: key,
        phone: values.phone,
        gender: values.gender,
        birth_year: values.birthYear,
        job_title: values.jobTitle,
      };
    });
    const fresh = written.filter((_, i) => !part[i]![1]);
    await em.execute(`insert into person (${columns}) select ${columns} from ${lines}`, [JSON.stringify(fresh)]);
    const present = written.filter((_, i) => part[i]![1]);
    const changed = await em.execute<{ id: string }[]>(change, [JSON.stringify(present)]);
    const isChanged = new Set(changed.map(({ id }) => id));
    for (const [i, [row, person]] of part.entries()) {
      const { id } = written[i]!;
      ids.set(row, id);
      row.outcome = !person ? ImportOutcome.CREATED : isChanged.has(id) ? ImportOutcome.UPDATED : ImportOutcome.UNCHANGED;
    }
  }
  return ids;
}
