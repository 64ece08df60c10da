import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Database, ormOptions } from './orm.ts';
import { hashOf, securityScript } from './security.ts';
import { fingerprintOf, markOf } from './strength.ts';

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
      const hash = hashOf(script);
      // Outside this transaction: reading a policy keeps a lock on its table, which the script then waits for.
      const outside = orm.em.fork();
      const mark = await markOf(outside);
      if (mark?.script !== hash || mark.fingerprint !== (await fingerprintOf(outside))) {
        await em.getConnection().executeDump(`begin; ${script} commit;`);
        await outside.execute(`comment on schema public is 'hub security ${hash} ${await fingerprintOf(outside)}'`);
      }
      // The login may not read the migrations' own table; their state is told beside it, for /status.
      const done = await orm.migrator.getExecuted();
      await outside.execute(`comment on table mikro_orm_migrations is '${done.length} ${done.at(-1)?.name ?? ''}'`);
      await database.seed?.(em);
    });
  } finally {
    await orm.close(true);
  }
}
