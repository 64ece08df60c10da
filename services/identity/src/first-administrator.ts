import type { MikroORM } from '@mikro-orm/postgresql';
import { Account } from './account/account.ts';
import { asService } from './as-service.ts';
import { Grant } from './grant/grant.ts';
import { scopes } from './scopes.ts';
import { givePassword, oneTimePassword } from './sign-in/password.ts';

/** Somebody to begin with; the password is told once and stands for one sign-in. */
export interface FirstAdministrator {
  loginName: string;
  password: string;
}

const loginName = 'admin';

/**
 * Opens the first account where there is none. Until somebody has signed in, each start gives it another password: a start that was
 * interrupted has told nobody the one before. A password that an operator gave by `reset` was told, and stays.
 */
export function firstAdministrator(orm: MikroORM, division: string): Promise<FirstAdministrator | undefined> {
  return asService(orm, async em => {
    await em.execute(`select pg_advisory_xact_lock(hashtext('hub first administrator'))`);
    const password = oneTimePassword();
    if ((await em.count(Account)) > 0) {
      const found = await em.findOne(Account, { loginName, passwordResetAt: null, suspendedAt: null });
      if (!found || (await em.count(Account, { mustChangePassword: false })) > 0) return undefined;
      await givePassword(em, found.id, password);
      return { loginName, password };
    }
    const account = em.create(Account, { loginName, displayName: '管理员', divisionCode: division });
    const grant = { role: 'COMMITTEE' as const, division, scopes: [...scopes], reason: '首次启动 first start' };
    em.create(Grant, { ...grant, accountId: account.id, divisionCode: division, validFrom: new Date(), grantedBy: 'identity' });
    await em.flush();
    await givePassword(em, account.id, password);
    return { loginName, password };
  });
}
