import type { EntityManager, EntityMetadata } from '@mikro-orm/postgresql';

const columnsOf = (meta: EntityMetadata) =>
  meta.props
    .filter(prop => prop.persist !== false && !prop.hidden && prop.fieldNames?.length === 1 && !prop.primary && !prop.version)
    .map(prop => `"${prop.fieldNames[0]}"`);

/**
 * Revisions of before a key was kept do not have it. It is made anew of what the row says again, or names would be compared with nothing.
 */
async function fillKeys(em: EntityManager, meta: EntityMetadata, id: string): Promise<void> {
  for (const { onUpdate, fieldNames } of meta.props.filter(prop => prop.onUpdate && prop.nullable && prop.persist !== false)) {
    const column = `"${fieldNames[0]}"`;
    const rows = await em.execute<Record<string, unknown>[]>(
      `select * from "${meta.tableName}" where ${column} is null and id in (select entity_id from revision where batch = ? and entity = ?)`,
      [id, meta.tableName],
    );
    if (rows.length === 0) continue;
    // Of entities that nobody else holds: they only say what their columns are made of.
    const apart = em.fork();
    const made = rows.map(row => ({ id: row.id, key: onUpdate!(apart.map(meta.class, row) as never, apart) }));
    await em.execute(
      `update "${meta.tableName}" t set ${column} = r.key from json_to_recordset(?::json) as r (id uuid, key text) where t.id = r.id`,
      [JSON.stringify(made)],
    );
  }
}

/**
 * Undoes what an import did by its revisions: what it made goes, the newest first, then what it changed becomes what it was, in the order in
 * which it was changed. A row that moved to another division carried those that hang on it, which come back with it before they are looked
 * at themselves. What this writes is of the import as well, so that an import before it can be taken back after it.
 */
export async function takeBack(em: EntityManager, id: string): Promise<void> {
  const entities = await em.execute<{ entity: string; changed: boolean }[]>(
    `select entity, bool_or(action <> 'insert') as changed from revision where batch = ? group by entity order by min(seq) desc`,
    [id],
  );
  const metas = [...em.getMetadata().getAll().values()];
  await em.execute(`select set_config('hub.batch', ?, true)`, [id]);
  for (const { entity } of entities)
    await em.execute(
      `delete from "${entity}" where id in (select entity_id from revision where batch = ? and entity = ? and action = 'insert')`,
      [id, entity],
    );
  // Some tables are never overwritten, whoever asks.
  for (const { entity } of entities.filter(({ changed }) => changed).reverse()) {
    const meta = metas.find(({ tableName }) => tableName === entity)!;
    const columns = columnsOf(meta);
    await em.execute(
      `update "${entity}" t set version = t.version + 1, (${columns.join(', ')}) = (select ${columns.map(column => `p.${column}`).join(', ')})
       from (select entity_id, min(seq) as seq from revision where batch = ? and entity = ? group by entity_id) first
       cross join lateral (select data from revision b where b.entity = ? and b.entity_id = first.entity_id and b.seq < first.seq order by b.seq desc limit 1) before
       cross join lateral jsonb_populate_record(null::"${entity}", before.data) p
       where t.id = first.entity_id`,
      [id, entity, entity],
    );
    await fillKeys(em, meta, id);
  }
  await em.execute(`select set_config('hub.batch', '', true)`);
}
