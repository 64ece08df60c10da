import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ownWorkings } from '../administered.ts';

/** Wrong passwords of late, by login name (whether it exists or not) and by address. */
@Entity({ rowLevelSecurity: 'force', policies: ownWorkings() })
export class Guess {
  @PrimaryKey({ type: 'text' })
  key!: string;

  @Property({ type: 'integer' })
  count!: number;

  @Property({ type: 'timestamptz' })
  until!: Date;
}

export const guessesPerName = 5;
export const guessesPerAddress = 50;
export const lockMinutes = 15;

/** Counts one more guess before it is checked, so that guesses made at once are counted, too. The time starts anew with each. */
export async function countGuess(em: EntityManager, key: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `insert into guess (key, count, until) values (?, 1, now() + interval '${lockMinutes} minutes')
     on conflict (key) do update set
       count = case when guess.until < now() then 1 else guess.count + 1 end,
       until = case when guess.until >= now() and guess.count >= ? then guess.until else excluded.until end
     returning count`,
    [key, limitOf(key)],
  );
  return row!.count;
}

const limitOf = (key: string) => (key.startsWith('address:') ? guessesPerAddress : guessesPerName);

export const forgetGuesses = (em: EntityManager, key: string) => em.execute('delete from guess where key = ?', [key]);

/** One guess less, for one that was right: a whole office behind one address may sign in. */
export const takeBackGuess = (em: EntityManager, key: string) =>
  em.execute('update guess set count = greatest(count - 1, 0) where key = ?', [key]);
