import { createHash } from 'node:crypto';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { HubError } from './errors.ts';
import { databaseRole } from './slice.ts';

const mine = `actor = current_setting('hub.actor')`;

/** The answer of a mutation under its caller's key, committed together with the effect. */
@Entity({
  rowLevelSecurity: 'force',
  policies: [{ name: 'caller', roles: Object.values(databaseRole), using: mine, check: mine }],
})
export class Idempotency {
  @PrimaryKey({ type: 'text' })
  actor!: string;

  @PrimaryKey({ type: 'text' })
  key!: string;

  @Property({ type: 'text' })
  operation!: string;

  @Property({ type: 'jsonb', nullable: true })
  answer?: unknown;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  at!: Date;
}

export const operationHash = (document: string, variables: unknown) =>
  createHash('sha256')
    .update(JSON.stringify([document, variables]))
    .digest('hex');

/**
 * Takes the key for this operation, or answers what it answered before. A second request with the same key waits here until the
 * first has ended, then reads its answer, or goes on if the first was rolled back.
 */
export async function claim(em: EntityManager, actor: string, key: string, operation: string): Promise<unknown> {
  if (!/^[\w.:-]{8,128}$/.test(key))
    throw new HubError('INVALID_INPUT', 'Idempotency-Key: 8 to 128 letters, digits, dots, colons, hyphens or underscores.');
  const won = await em.execute(
    'insert into idempotency (actor, key, operation) values (?, ?, ?) on conflict do nothing returning key',
    [actor, key, operation],
  );
  if (won.length > 0) return undefined;
  const [stored] = await em.execute<{ operation: string; answer: unknown }[]>(
    'select operation, answer from idempotency where actor = ? and key = ?',
    [actor, key],
  );
  if (stored?.operation !== operation)
    throw new HubError('IDEMPOTENCY_MISMATCH', 'This Idempotency-Key was used for another operation: take a new one.');
  return stored.answer;
}

export async function keepAnswer(em: EntityManager, actor: string, key: string, answer: unknown): Promise<void> {
  await em.execute('update idempotency set answer = ?::jsonb where actor = ? and key = ?', [JSON.stringify(answer), actor, key]);
}
