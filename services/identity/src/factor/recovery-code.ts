import { createHmac, randomInt } from 'node:crypto';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ownWorkings } from '../administered.ts';

/** A code for a day without the other factors, as a keyed hash; the row goes when it is used. */
@Entity({ rowLevelSecurity: 'force', policies: ownWorkings() })
export class RecoveryCode {
  @PrimaryKey({ type: 'uuid' })
  accountId!: string;

  @PrimaryKey({ type: 'text' })
  hash!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;
}

// Without letters and digits that look alike: 59 bits in twelve of them.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** A code is random, so a fast hash keeps it; the key keeps a copy of the database from being searched at all. */
const hashOf = (secret: string, accountId: string, code: string) =>
  createHmac('sha256', secret)
    .update(`hub recovery code ${accountId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
    .digest('base64url');

/** Ten new codes in place of those before; they can be shown this once. */
export async function giveRecoveryCodes(em: EntityManager, secret: string, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: 10 }, () => [group(), group(), group()].join('-'));
  await em.execute('delete from recovery_code where account_id = ?', [accountId]);
  for (const code of codes)
    await em.execute('insert into recovery_code (account_id, hash) values (?, ?)', [accountId, hashOf(secret, accountId, code)]);
  return codes;
}

/** Uses a code up; of two at once one wins. */
export async function useRecoveryCode(em: EntityManager, secret: string, accountId: string, code: string): Promise<boolean> {
  const used = await em.execute('delete from recovery_code where account_id = ? and hash = ? returning hash', [
    accountId,
    hashOf(secret, accountId, code),
  ]);
  return used.length > 0;
}
