import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/** Milliseconds; longer than the 30 s that the logins of the services give a statement: who says nothing for so long is not there any more. */
const longest = 40_000;

/** Of pg, which does not declare them. */
interface Connected {
  connection: { stream: Socket };
  /** Whether PostgreSQL has answered all that it was sent. */
  readyForQuery: boolean;
}

/**
 * What a pool is opened with that ends connections on which an answer has been waited for in silence. A network that loses a connection tells nobody: each would keep its
 * place in the pool for as long as the process runs, and after ten of them nothing would be answered.
 */
export const whereSilenceEnds = (milliseconds = longest) => ({
  connectionTimeoutMillis: milliseconds,
  onPoolCreated: (pool: Pool) =>
    void pool.on('connect', (client: PoolClient) => {
      const connected = client as unknown as Connected;
      const { stream } = connected.connection;
      stream.setTimeout(milliseconds, () => {
        if (!connected.readyForQuery) stream.destroy();
      });
    }),
});
