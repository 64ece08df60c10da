import { randomUUID } from 'node:crypto';
import type { Context } from '@hub/kit/context';
import { chunks } from '@hub/kit/imports/chunks';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { notePersonal } from '@hub/kit/personal';
import { sortKey } from '@hub/kit/sort-key';
import type { Line } from './members.ts';

const shape =
  '(id uuid, organisation_id uuid, division_code text, name text, sort_key text, phone text, gender text, birth_year int, job_title text)';

/** Enters people and updates those on file: the same phone in the same organisation, or the same name where no phone is known. */
export async function applyPeople(context: Context, rows: Line[]): Promise<Map<Line, string>> {
  const { em } = context;
  const ids = new Map<Line, string>();
  for (const part of chunks(rows)) {
    const lines = part.map(({ values: { organisationId, divisionCode, name, phone, gender, birthYear, jobTitle } }) => ({
      id: randomUUID(),
      organisation_id: organisationId,
      division_code: divisionCode,
      name,
      sort_key: sortKey(name),
      phone,
      gender,
      birth_year: birthYear,
      job_title: jobTitle,
    }));
    const onFile = await em.execute<{ given: string; id: string }[]>(
      `select distinct on (r.id) r.id as given, p.id from json_to_recordset(?::json) as r ${shape}
       join person p on p.organisation_id = r.organisation_id
         and (p.phone = r.phone or (p.name = r.name and (p.phone is null or r.phone is null)))
       order by r.id, (p.phone = r.phone) desc nulls last, p.id`,
      [JSON.stringify(lines)],
    );
    const known = new Map(onFile.map(({ given, id }) => [given, id]));
    // That a name and a phone are on file is read here as well as in a list.
    notePersonal(context, 'person', known.values());
    const fresh = lines.filter(({ id }) => !known.has(id));
    const present = lines.filter(({ id }) => known.has(id)).map(line => ({ ...line, id: known.get(line.id)! }));
    await em.execute(
      `insert into person (id, organisation_id, division_code, name, sort_key, phone, gender, birth_year, job_title)
       select id, organisation_id, division_code, name, sort_key, phone, gender, birth_year, job_title from json_to_recordset(?::json) as r ${shape}`,
      [JSON.stringify(fresh)],
    );
    const changed = await em.execute<{ id: string }[]>(
      `update person p set version = p.version + 1, name = r.name, sort_key = r.sort_key, phone = coalesce(r.phone, p.phone),
         gender = coalesce(r.gender, p.gender), birth_year = coalesce(r.birth_year, p.birth_year), job_title = coalesce(r.job_title, p.job_title)
       from json_to_recordset(?::json) as r ${shape}
       where p.id = r.id and (p.name, p.phone, p.gender, p.birth_year, p.job_title) is distinct from
         (r.name, coalesce(r.phone, p.phone), coalesce(r.gender, p.gender), coalesce(r.birth_year, p.birth_year), coalesce(r.job_title, p.job_title))
       returning p.id`,
      [JSON.stringify(present)],
    );
    const isChanged = new Set(changed.map(({ id }) => id));
    for (const [i, row] of part.entries()) {
      const given = lines[i]!.id;
      const id = known.get(given) ?? given;
      ids.set(row, id);
      row.outcome = !known.has(given)
        ? ImportOutcome.CREATED
        : isChanged.has(id)
          ? ImportOutcome.UPDATED
          : ImportOutcome.UNCHANGED;
    }
  }
  return ids;
}
