import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { HubError } from './errors.ts';
import type { OperationPart } from './idempotency-key.ts';
import { databaseRole } from './slice.ts';

const mine = `viewer = current_setting('hub.viewer')`;

/**
 * The answer of a change under its caller's key, committed together with the effect. It belongs to the whole viewer, not to a name: the
 * same key from another role, slice or set of scopes is another key, so nobody is answered more than they may see.
 */
@Entity({
  rowLevelSecurity: 'force',
  policies: [{ name: 'caller', roles: Object.values(databaseRole), using: mine, check: mine }],
})
export class Idempotency {
  @PrimaryKey({ type: 'text' })
  viewer!: string;

  @PrimaryKey({ type: 'text' })
  key!: string;

  /** Which of the changes of one operation, where it has several in this subgraph. */
  @PrimaryKey({ type: 'text' })
  step!: string;

  @Property({ type: 'text' })
  operation!: string;

  @Property({ type: 'jsonb', nullable: true })
  answer?: unknown;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  at!: Date;
}

/** What a key stands for: whose it is, and which part of which operation. */
export interface Claim extends OperationPart {
  viewer: string;
  key: string;
}

/**
 * Takes the key for this operation, or answers what it answered before. A second request with the same key waits here until the
 * first has ended, then reads its answer, or goes on if the first was rolled back.
 */
export async function claim(em: EntityManager, { viewer, key, step, hash }: Claim): Promise<unknown> {
  const won = await em.execute(
    'insert into idempotency (viewer, key, step, operation) values (?, ?, ?, ?) on conflict do nothing returning key',
    [viewer, key, step, hash],
  );
  if (won.length > 0) return undefined;
  const [stored] = await em.execute<{ operation: string; answer: unknown }[]>(
    'select operation, answer from idempotency where viewer = ? and key = ? and step = ?',
    [viewer, key, step],
  );
  if (stored?.operation !== hash)
    throw new HubError(
      'IDEMPOTENCY_MISMATCH',
      'This Idempotency-Key was used for another operation: take a new one (该幂等键已用于其他操作).',
    );
  return stored.answer;
}

export async function keepAnswer(em: EntityManager, { viewer, key, step }: Claim, answer: unknown): Promise<void> {
  await em.execute('update idempotency set answer = ?::jsonb where viewer = ? and key = ? and step = ?', [
    JSON.stringify(answer),
    viewer,
    key,
    step,
  ]);
}
