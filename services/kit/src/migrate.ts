import { createHash } from 'node:crypto';
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Database, ormOptions } from './orm.ts';
import { securityScript } from './security.ts';

export interface Migratable extends Database {
  /** Loads the reference data that ships with the code; runs as the owner after each change of code or data. */
  seed?: (em: EntityManager) => Promise<void>;
}

/** Brings a database to the code's state as its owner: migrations, then row security, grants, triggers. Processes that start together take turns. */
export async function migrate(ownerUrl: string, database: Migratable): Promise<void> {
  const orm = await MikroORM.init(ormOptions(ownerUrl, database));
  try {
    await orm.em.fork().transactional(async em => {
      await em.execute(`select pg_advisory_xact_lock(hashtext('hub.migrate'))`);
      await orm.migrator.up();
      const script = securityScript(orm);
      const mark = `hub security ${createHash('sha256').update(script).digest('hex')}`;
      const [state] = await em.execute<{ mark: string | null }[]>(
        `select obj_description('public'::regnamespace, 'pg_namespace') as mark`,
      );
      if (state?.mark !== mark) {
        await em.getConnection().executeDump(`begin; ${script} comment on schema public is '${mark}'; commit;`);
      }
      await database.seed?.(em);
    });
  } finally {
    await orm.close(true);
  }
}
