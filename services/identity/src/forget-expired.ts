import type { MikroORM } from '@mikro-orm/postgresql';
import { asService } from './as-service.ts';

/** Removes records of signing in, and counts of wrong passwords, whose time is over. */
export const forgetExpired = (orm: MikroORM): Promise<void> =>
  asService(orm, async em => {
    await em.execute('delete from oidc_record where expires_at < now()');
    await em.execute('delete from guess where until < now()');
  });
