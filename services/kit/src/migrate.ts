import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { ofDatabase } from './database-failure.ts';
import { whatIsNewer } from './newer-database.ts';
import { type Database, ormOptions } from './orm.ts';
import { hashOf, securityScript } from './security.ts';
import { fingerprintOf, markOf } from './strength.ts';

export interface Migratable extends Database {
  /** Loads the reference data that ships with the code; runs as the owner after each change of code or data. */
  seed?: (em: EntityManager) => Promise<void>;
}

export interface Migration {
  /** Of the service. */
  name: string;
  ownerUrl: string;
  database: Migratable;
}

/**
 * Brings databases to the code's state as their owners. All are looked at before the first is touched; each is then changed whole or
 * not at all. A failure names the variable and the database.
 */
export async function migrateAll(migrations: readonly Migration[]): Promise<void> {
  const opened = await Promise.all(
    migrations.map(async ({ name, ownerUrl, database }) => {
      const orm = await MikroORM.init(ormOptions(ownerUrl, database));
      return { orm, database, named: ofDatabase(`MIGRATE_URL_${name.toUpperCase()}`, ownerUrl) };
    }),
  );
  try {
    await all(
      opened.map(async ({ orm, database, named }) => {
        const newer = await whatIsNewer(orm, database).catch(named);
        if (newer) named(new Error(newer));
      }),
    );
    await all(opened.map(({ orm, database, named }) => bring(orm, database).catch(named)));
  } finally {
    await Promise.all(opened.map(({ orm }) => orm.close(true)));
  }
}

export const migrate = (name: string, ownerUrl: string, database: Migratable): Promise<void> =>
  migrateAll([{ name, ownerUrl, database }]);

/** Waits for all of them, so that none is cut off, and tells every failure. */
async function all(works: Promise<void>[]): Promise<void> {
  const failures = (await Promise.allSettled(works)).filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => (reason as Error).message).join('; '));
}

/** In one transaction: migrations, then row security, grants, triggers, reference data. Processes that start together take turns. */
async function bring(orm: MikroORM, database: Migratable): Promise<void> {
  let migrating: string | undefined;
  orm.migrator.on('migrating', async ({ name }) => {
    migrating = name;
  });
  await orm.em.fork().transactional(async em => {
    await em.execute(`select pg_advisory_xact_lock(hashtext('hub.migrate'))`);
    await orm.migrator.up({ transaction: em.getTransactionContext() }).catch(error => {
      throw migrating ? new Error(`the migration ${migrating} failed: ${error.message}`, { cause: error }) : error;
    });
    const script = securityScript(orm);
    const hash = hashOf(script);
    const mark = await markOf(em);
    if (mark?.script !== hash || mark.fingerprint !== (await fingerprintOf(em))) {
      await em.execute(script);
      await em.execute(`comment on schema public is 'hub security ${hash} ${await fingerprintOf(em)}'`);
    }
    // The login may not read the migrations' own table; their state is told beside it, for /status.
    const [done] = await em.execute<{ state: string }[]>(
      `select concat(count(*), ' ', (array_agg(name order by id desc))[1]) as state from mikro_orm_migrations`,
    );
    await em.execute(`comment on table mikro_orm_migrations is '${done!.state}'`);
    await database.seed?.(em);
  });
}
