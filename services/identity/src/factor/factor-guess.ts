import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { asService } from '../as-service.ts';
import { countGuess, forgetGuesses, guessesPerAddress, guessesPerName, takeBackGuess } from '../sign-in/guess.ts';
import type { KnownBrowser } from '../sign-in/known-browser.ts';

interface Guesser {
  accountId: string;
  address: string;
  known: KnownBrowser | undefined;
}

/**
 * Checks what somebody shows as a second factor, five times at most, then not for a while; like passwords. A browser is known only once
 * both factors were right in it, so that a password alone never makes for guesses of one's own.
 */
export async function checkFactor(
  orm: MikroORM,
  { accountId, address, known }: Guesser,
  check: (em: EntityManager) => Promise<boolean>,
): Promise<'right' | 'wrong' | 'locked'> {
  const isKnown = known?.accountId === accountId;
  const key = isKnown ? `factor-browser:${known.id}` : `factor:${accountId}`;
  const from = `address:${address}`;
  const [ofAccount, ofAddress] = await asService(orm, async em => [
    await countGuess(em, key),
    isKnown ? 0 : await countGuess(em, from),
  ]);
  if (ofAccount! > guessesPerName || ofAddress! > guessesPerAddress) return 'locked';
  return asService(orm, async em => {
    if (!(await check(em))) return ofAccount === guessesPerName ? 'locked' : 'wrong';
    await forgetGuesses(em, key);
    if (!isKnown) await takeBackGuess(em, from);
    return 'right';
  });
}
