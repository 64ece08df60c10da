import { Client, type Pool, type PoolClient } from 'pg';
import { causeOf, log } from '../log.ts';

/** Stops the statement of a connection from another one: the pool may be full of what is to be stopped. */
export async function cancelStatement({ options }: Pool, client: PoolClient, isUnderWay: () => boolean): Promise<void> {
  // The password does not come along with a spread.
  const control = new Client({ ...options, password: options.password });
  try {
    await control.connect();
    // Meanwhile the connection may have gone over to somebody else.
    if (isUnderWay())
      await control.query('select pg_cancel_backend($1)', [(client as unknown as { processID: number }).processID]);
  } catch (error) {
    log.warn({ cause: causeOf(error) }, 'statement not cancelled');
  } finally {
    await control.end().catch(() => undefined);
  }
}
