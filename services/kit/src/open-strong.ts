import type { MikroORM } from '@mikro-orm/postgresql';
import { ofDatabase } from './database-failure.ts';
import { type Database, openOrm } from './orm.ts';
import { hashOf, securityScript } from './security.ts';
import { whereSilenceEnds } from './silent-database.ts';
import { assertStrong } from './strength.ts';

/** Opens a service's database for serving, connected and as strong as the code expects; a failure names the variable that leads to it. */
export async function openStrong(name: string, url: string, database: Database, silence?: number): Promise<MikroORM> {
  const orm = await openOrm(url, database, { driverOptions: whereSilenceEnds(silence) });
  try {
    // Connected now, so that readiness tells the truth before the first operation.
    await orm.connect();
    await assertStrong(orm.em.fork(), hashOf(securityScript(orm)));
    return orm;
  } catch (error) {
    await orm.close(true);
    return ofDatabase(`DATABASE_URL_${name.toUpperCase()}`, url)(error);
  }
}
