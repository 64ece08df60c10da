import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Account } from '../account/account.ts';
import { asService } from '../as-service.ts';
import { endOthers } from '../sign-in/sign-in.ts';
import { factorsOf, hasFactor } from './factors.ts';
import { giveRecoveryCodes } from './recovery-code.ts';

interface Whose {
  secret: string;
  accountId: string;
  /** The browser session under way: the account's other ones end. */
  session: string;
}

/** Adds a factor; with the first one come recovery codes. Undefined when it is not added. */
export const addFactor = (
  orm: MikroORM,
  { secret, accountId, session }: Whose,
  add: (em: EntityManager) => Promise<boolean>,
): Promise<{ recovery?: string[] } | undefined> =>
  asService(
    orm,
    async em => {
      const isFirst = !hasFactor(await factorsOf(em, accountId));
      if (!(await add(em))) return undefined;
      await endOthers(em, accountId, session);
      if (!isFirst) return {};
      await saySince(em, accountId);
      return { recovery: await giveRecoveryCodes(em, secret, accountId) };
    },
    accountId,
  );

/** Removes one of the person's own factors; with the last one go the recovery codes. */
export const removeFactor = (orm: MikroORM, accountId: string, factor: string): Promise<void> =>
  asService(
    orm,
    async em => {
      if (factor === 'app') await em.execute('delete from code_app where account_id = ?', [accountId]);
      else await em.execute('delete from passkey where account_id = ? and id::text = ?', [accountId, factor]);
      if (hasFactor(await factorsOf(em, accountId))) return;
      await em.execute('delete from recovery_code where account_id = ?', [accountId]);
      await saySince(em, accountId);
    },
    accountId,
  );

/** Administrators see since when an account has a second factor, and its history tells when it had none. */
async function saySince(em: EntityManager, accountId: string): Promise<void> {
  em.clear();
  const account = await em.findOneOrFail(Account, { id: accountId });
  account.secondFactorSince = hasFactor(await factorsOf(em, accountId)) ? new Date() : null;
  await em.flush();
}
