import type { Reader } from '../read/reader.ts';

/** A column of one table that names rows of another. */
interface Link {
  table: string;
  column: string;
  to: string;
}

const linksOf = (read: Reader): Link[] =>
  read
    .tables()
    .flatMap(({ tableName, props }) =>
      props.flatMap(({ targetMeta, fieldNames = [] }) =>
        targetMeta && fieldNames.length === 1 ? { table: tableName, column: fieldNames[0]!, to: targetMeta.tableName } : [],
      ),
    );

/** All rows here that name these ones, or name rows that do, by table. */
export async function standingOn(read: Reader, entity: string, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  const links = linksOf(read);
  const waiting: [string, readonly string[]][] = [[entity, ids]];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [of, keys] = next;
    for (const { table, column } of links.filter(({ to }) => to === of)) {
      const rows = await read.execute<{ id: string }>(
        `select id from "${table}" where "${column}" in (select value::uuid from jsonb_array_elements_text(?::jsonb))`,
        [JSON.stringify(keys)],
      );
      const known = found.get(table) ?? new Set<string>();
      const fresh = rows.map(({ id }) => id).filter(id => !known.has(id));
      if (fresh.length === 0) continue;
      found.set(table, new Set([...known, ...fresh]));
      waiting.push([table, fresh]);
    }
  }
  return found;
}
