import type { Pool } from 'pg';
import { underWay } from '../orm.ts';
import { inOneMessage, settingsSql } from './message.ts';

/** One statement in a transaction of its own, inside a slice, by a single message; it is kept when this returns. */
export async function commitInOneMessage(pool: Pool, settings: Record<string, unknown>, sql: string): Promise<void> {
  const request = underWay.getStore();
  const statements = ['start transaction', settingsSql(settings), sql, 'commit'];
  if (request) request.statements += statements.length;
  const client = await pool.connect();
  try {
    await client.query(inOneMessage(statements, request?.requestId));
    client.release();
  } catch (error) {
    const lost = await client.query('rollback').then(
      () => undefined,
      (fault: Error) => fault,
    );
    client.release(lost);
    throw error;
  }
}
