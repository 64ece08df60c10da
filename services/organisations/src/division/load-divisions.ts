import { readFile } from 'node:fs/promises';
import type { EntityManager } from '@mikro-orm/postgresql';

const file = new URL('../../assets/divisions.csv', import.meta.url);

/** Brings the table in line with the shipped list (assets/divisions.csv); rows that are the same stay untouched. */
export async function loadDivisions(em: EntityManager): Promise<void> {
  const [header, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const columns = header!.split(',');
  const rows = lines.map(line => Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell || null])));
  await em.execute(
    `insert into division (code, name, level, parent_code, scheme)
     select code, name, level, parent, scheme from jsonb_to_recordset(?::jsonb) as r (code text, name text, level text, parent text, scheme text)
     on conflict (code) do update set name = excluded.name, level = excluded.level, parent_code = excluded.parent_code, scheme = excluded.scheme
     where (division.name, division.level, division.parent_code, division.scheme) is distinct from (excluded.name, excluded.level, excluded.parent_code, excluded.scheme)`,
    [JSON.stringify(rows)],
  );
}
