import type { EntityMetadata } from '@mikro-orm/postgresql';
import { becauseOf } from '../change.ts';
import type { Context } from '../context.ts';
import { HubError } from '../errors.ts';
import { forImport } from './for-import.ts';
import { type ImportBatch, ImportState } from './import-batch.ts';
import type { Ledger } from './ledger.ts';
import { assertMayImport } from './may-import.ts';

const columnsOf = (meta: EntityMetadata) =>
  meta.props
    .filter(prop => prop.persist !== false && !prop.hidden && prop.fieldNames?.length === 1 && !prop.primary && !prop.version)
    .map(prop => `"${prop.fieldNames[0]}"`);

/** Takes an applied import back by its revisions, newest first: what it made goes, what it changed becomes what it was. */
export async function revertImport(context: Context, ledgers: Ledger[], id: string, reason: string): Promise<ImportBatch> {
  const { em } = context;
  const batch = await forImport(context, id);
  assertMayImport(context.viewer, ledgers.find(({ name }) => name === batch.ledger)!);
  if (batch.state !== ImportState.APPLIED)
    throw new HubError('NOT_ALLOWED', `Only an applied import can be reverted; this one is ${batch.state}.`);
  const changedSince = await em.execute<{ count: number }[]>(
    `select count(distinct later.entity_id)::int as count from revision mine
     join revision later on later.entity = mine.entity and later.entity_id = mine.entity_id and later.seq > mine.seq and later.batch is distinct from mine.batch
     where mine.batch = ?`,
    [id],
  );
  if (changedSince[0]!.count > 0)
    throw new HubError(
      'CONFLICT',
      `${changedSince[0]!.count} rows of this import were changed since; correct them one by one (有${changedSince[0]!.count}行已被修改).`,
    );
  await becauseOf(em, `revert of import ${batch.fileName}: ${reason}`);
  const entities = await em.execute<{ entity: string }[]>(
    'select entity from revision where batch = ? group by entity order by min(seq) desc',
    [id],
  );
  const metas = [...em.getMetadata().getAll().values()];
  for (const { entity } of entities) {
    const columns = columnsOf(metas.find(({ tableName }) => tableName === entity)!);
    await em.execute(
      `delete from "${entity}" where id in (select entity_id from revision where batch = ? and entity = ? and action = 'insert')`,
      [id, entity],
    );
    await em.execute(
      `update "${entity}" t set version = t.version + 1, (${columns.join(', ')}) = (select ${columns.map(column => `p.${column}`).join(', ')})
       from (select entity_id, min(seq) as seq from revision where batch = ? and entity = ? group by entity_id) first
       cross join lateral (select data from revision b where b.entity = ? and b.entity_id = first.entity_id and b.seq < first.seq order by b.seq desc limit 1) before
       cross join lateral jsonb_populate_record(null::"${entity}", before.data) p
       where t.id = first.entity_id`,
      [id, entity, entity],
    );
  }
  batch.state = ImportState.REVERTED;
  batch.message = `Reverted: ${reason} (已撤销).`;
  await em.flush();
  return batch;
}
