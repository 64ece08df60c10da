import type { MikroORM } from '@mikro-orm/postgresql';
import { asService } from './as-service.ts';
import { signInDays } from './sign-in/signed-in.ts';

/** Removes records of signing in, counts of wrong passwords and old sign-ins, whose time is over. */
export const forgetExpired = (orm: MikroORM): Promise<void> =>
  asService(orm, async em => {
    await em.execute('delete from oidc_record where expires_at < now()');
    await em.execute('delete from guess where until < now()');
    await em.execute('delete from sign_in where at < now() - make_interval(days => ?)', [signInDays]);
  });
