import { readdirSync } from 'node:fs';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Database } from './orm.ts';

const codes = (folder: string) => readdirSync(folder).flatMap(file => /^(Migration\d+)\.ts$/.exec(file)?.[1] ?? []);

/** Says which migrations a database has had that this code does not know, and leaves it untouched: older code would undo what they made. */
export async function whatIsNewer(orm: MikroORM, { migrations }: Database): Promise<string | undefined> {
  const ask = <Row>(sql: string) => orm.em.getConnection().execute<Row[]>(sql);
  const [found] = await ask<{ is_there: boolean }>(`select to_regclass('public.mikro_orm_migrations') is not null as is_there`);
  if (!found!.is_there) return undefined;
  const known = codes(migrations);
  const done = await ask<{ name: string }>('select name from public.mikro_orm_migrations order by name');
  const unknown = done.map(({ name }) => name).filter(name => !known.includes(name));
  if (unknown.length === 0) return undefined;
  return `the database is newer than this code, which does not know ${unknown.join(', ')}: start the version that made it, or restore a backup from before (docs/operations.md, Upgrade)`;
}
