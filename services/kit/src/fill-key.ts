import { compareKey } from './compare-key.ts';

const part = 10_000;

/**
 * Fills a column with the keys by which the texts of another one are compared, in a migration. It is no change of anybody's, so no revision
 * is written, and the owner stands under row security as well.
 */
export async function fillKey(
  execute: (sql: string, params?: unknown[]) => Promise<any[]>,
  table: string,
  from: string,
  to: string,
): Promise<void> {
  await execute(`alter table "${table}" no force row level security;`);
  await execute(`alter table "${table}" disable trigger user;`);
  const texts: string[] = (await execute(`select distinct "${from}" as text from "${table}"`)).map(row => row.text);
  for (let i = 0; i < texts.length; i += part) {
    const keys = texts.slice(i, i + part).map(text => ({ text, key: compareKey(text) }));
    await execute(
      `update "${table}" t set "${to}" = r.key from json_to_recordset(?::json) as r (text text, key text) where t."${from}" = r.text`,
      [JSON.stringify(keys)],
    );
  }
  await execute(`alter table "${table}" enable trigger user;`);
  await execute(`alter table "${table}" force row level security;`);
}
