import { type EntityManager, LockWaitTimeoutException } from '@mikro-orm/postgresql';
import { HubError } from '../errors.ts';

/** How long an import waits for one before it; a statement of a viewer may take 30 s. */
const patience = '25s';

/**
 * From here to its end an import is the only one that writes this ledger in its division, so that two of them come out as if one came after
 * the other. Above its division it holds a share: a city's import and one of its counties' take turns, two counties' do not.
 */
export async function oneWriter(em: EntityManager, ledger: string, division: string): Promise<void> {
  const line = [...new Set([2, 4, 6].map(digits => division.slice(0, digits).padEnd(6, '0')))];
  const above = line.slice(0, line.indexOf(division));
  const lock = (kind: string) => `pg_advisory_xact_lock${kind}(hashtextextended(?, 0))`;
  const key = (code: string) => `import of ${ledger} in ${code}`;
  const usual = await em.execute<{ usual: string }[]>(
    `select current_setting('lock_timeout') as usual, set_config('lock_timeout', '${patience}', true)`,
  );
  await em
    .execute(`select ${[...above.map(() => lock('_shared')), lock('')].join(', ')}`, [...above, division].map(key))
    .catch(error => {
      if (!(error instanceof LockWaitTimeoutException)) throw error;
      throw new HubError(
        'UNAVAILABLE',
        'Another import of this ledger is under way in your division: try again when it has ended (同一台账正在导入，请稍后重试).',
        { retryable: true },
      );
    });
  await em.execute(`select set_config('lock_timeout', ?, true)`, [usual[0]!.usual]);
}
