import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Account } from '../account/account.ts';
import { asService } from '../as-service.ts';
import { countGuess, forgetGuesses, guessesPerAddress, guessesPerName, takeBackGuess } from './guess.ts';
import type { KnownBrowser } from './known-browser.ts';
import { givePassword, hasEnded, isPassword, newestPassword } from './password.ts';

export interface Given {
  loginName: string;
  password: string;
  address: string;
  /** The browser, where an account has signed in before. */
  known?: KnownBrowser | undefined;
}

export type SignIn = { account: Account; passwordId: string } | { refused: 'wrong' | 'locked' | 'ended'; accountId?: string };

/**
 * Checks a name and a password. An unknown name, a suspended account and a wrong password are one answer that takes one time; five of
 * them lock the name for a while, whether it exists or not. A browser in which the account has signed in before has guesses of its own:
 * whoever locks a name from outside does not lock its owner out.
 */
export async function signIn(orm: MikroORM, given: Given): Promise<SignIn> {
  const loginName = given.loginName
    .replace(/\p{Cc}/gu, '')
    .trim()
    .toLowerCase();
  const [name, address] = [`name:${loginName.slice(0, 100)}`, `address:${given.address}`];
  const { ofName, ofAddress, account, password, key } = await asService(orm, async em => {
    const account = await em.findOne(Account, { loginName, suspendedAt: null });
    const password = account && (await newestPassword(em, account.id));
    const isKnown = account !== null && given.known?.accountId === account.id;
    const key = isKnown ? `browser:${given.known!.id}` : name;
    return { ofName: await countGuess(em, key), ofAddress: isKnown ? 0 : await countGuess(em, address), account, password, key };
  });
  const accountId = account?.id;
  if (ofName > guessesPerName || ofAddress > guessesPerAddress) return { refused: 'locked', accountId };
  const matches = await isPassword(password?.hash, given.password);
  if (!matches || !account || !password) return { refused: ofName === guessesPerName ? 'locked' : 'wrong', accountId };
  if (account.mustChangePassword && hasEnded(password)) return { refused: 'ended', accountId };
  await asService(orm, async em => {
    await forgetGuesses(em, key);
    if (key === name) await takeBackGuess(em, address);
  });
  return { account, passwordId: password.id };
}

/** Ends every other sign-in of an account than the browser session under way. */
export const endOthers = (em: EntityManager, accountId: string, session: string) =>
  em.execute(
    `delete from oidc_record where account_id = ? and model in ('Session', 'Grant', 'RefreshToken', 'AuthorizationCode')
       and (uid is null or uid <> ?)`,
    [accountId, session],
  );

/** The person's own change of password; answers which one it is. */
export async function changePassword(orm: MikroORM, accountId: string, password: string, session: string): Promise<string> {
  return asService(
    orm,
    async em => {
      const passwordId = await givePassword(em, accountId, password);
      await em.execute(
        `delete from password p where account_id = ? and exists (select 1 from password n where n.account_id = p.account_id and n.created_at > p.created_at)`,
        [accountId],
      );
      await endOthers(em, accountId, session);
      const account = await em.findOneOrFail(Account, { id: accountId });
      account.mustChangePassword = false;
      return passwordId;
    },
    accountId,
  );
}

/** Is the password the one the account has now? */
export async function isPresentPassword(orm: MikroORM, accountId: string, given: string): Promise<boolean> {
  const password = await asService(orm, em => newestPassword(em, accountId));
  return isPassword(password?.hash, given);
}
