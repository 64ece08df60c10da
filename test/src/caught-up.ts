import { compareCopies } from '@hub/kit/compare-copies';
import { catchUp, type Feed } from '@hub/kit/follow';
import pg from 'pg';
import { eventually } from './eventually.ts';
import type { TestService } from './test-service.ts';
import { testToken } from './test-tokens.ts';

async function asOwner<T>(url: string, sql: string): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows[0]?.value;
}

/** Follows the owner's feed until it is past everything committed by now, and compares the copies as a follower does. */
export async function caughtUp(service: Pick<TestService, 'orm'>, feed: Feed, owner: TestService): Promise<void> {
  const token = await testToken({ role: 'SERVICE', division: '000000' });
  const now = await asOwner<Date>(owner.database.ownerUrl, 'select clock_timestamp() as value');
  await eventually(async () => {
    const { upTo } = await catchUp(service.orm, feed, owner.url, `Bearer ${token}`);
    if (upTo <= now!) throw new Error('the feed is held back by an open transaction');
  }, 30_000);
  await compareCopies(service.orm, feed, owner.url, `Bearer ${token}`, 'new');
}
