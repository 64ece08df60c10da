import { randomInt, randomUUID } from 'node:crypto';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hash, verify } from '@node-rs/argon2';
import { givenNotRead } from '../administered.ts';

/** A password of an account, as argon2id hash; the newest counts. Kept apart so that no revision, list or history can hold it. */
@Entity({ rowLevelSecurity: 'force', policies: givenNotRead('account_id in (select id from account)') })
@Index({ properties: ['accountId', 'createdAt'] })
export class Password {
  @PrimaryKey({ type: 'uuid' })
  id: string = randomUUID();

  @Property({ type: 'uuid' })
  accountId!: string;

  @Property({ type: 'text' })
  hash!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;
}

/** Gives an account a password; works for whoever may give one, though they cannot read it back. */
export async function givePassword(em: EntityManager, accountId: string, password: string): Promise<string> {
  const id = randomUUID();
  await em.execute('insert into password (id, account_id, hash) values (?, ?, ?)', [id, accountId, await hash(normal(password))]);
  return id;
}

/** The password an account has now. */
export const newestPassword = (em: EntityManager, accountId: string): Promise<Password | null> =>
  em.findOne(Password, { accountId }, { orderBy: { createdAt: 'desc' } });

/** The same characters however a keyboard composes them. */
export const normal = (password: string) => password.normalize('NFKC');

// The parameters of every hash we make: checking an unknown name takes as long as checking a known one.
const nobodys = hash(randomUUID());

export async function isPassword(stored: string | undefined, given: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodys), normal(given));
  return matches && stored !== undefined;
}

// Without letters and digits that look alike.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Hours in which a one-time password has to be used. */
export const oneTimeHours = 72;

/** Whether a password that somebody else chose was left unused for too long. */
export const hasEnded = ({ createdAt }: Password): boolean => Date.now() - createdAt.getTime() > oneTimeHours * 3_600_000;

/** A password for one sign-in, easy to read out: four groups of four. */
export const oneTimePassword = () =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')).join('-');
