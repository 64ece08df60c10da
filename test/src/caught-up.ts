import { catchUp, type Feed } from '@hub/kit/follow';
import pg from 'pg';
import { eventually } from './eventually.ts';
import type { TestService } from './test-service.ts';
import { testToken } from './test-tokens.ts';

async function value(url: string, sql: string): Promise<bigint> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return BigInt(rows[0]?.value ?? 0);
}

/** Follows the owner's feed until it is past everything committed by now; other tests' open transactions may hold it back for a moment. */
export async function caughtUp(service: TestService, feed: Feed, owner: TestService): Promise<void> {
  const token = await testToken({ role: 'SERVICE', division: '000000' });
  const now = await value(owner.database.ownerUrl, 'select pg_current_xact_id()::text as value');
  await eventually(async () => {
    await catchUp(service.orm, feed, owner.url, `Bearer ${token}`);
    const at = await value(
      service.database.ownerUrl,
      `select split_part(cursor, '.', 1) as value from feed_position where feed = '${feed.owner}.${feed.field}'`,
    );
    if (at <= now) throw new Error('the feed is held back by an open transaction');
  }, 30_000);
}
