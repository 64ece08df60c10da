import type { Pool, PoolClient } from 'pg';
import { underWay } from '../orm.ts';
import { cancelStatement } from './cancel-statement.ts';
import { Message, settingsSql } from './message.ts';

export type SqlRow = Record<string, any>;

interface Waiting {
  sql: string;
  resolve: (rows: SqlRow[]) => void;
  reject: (error: unknown) => void;
}

/**
 * A reading operation in one snapshot and one slice, in as few messages as it can travel: statements asked for in the same turn go
 * together, the beginning and the slice with the first of them. What an operation waits for is messages, not statements. An operation
 * that asks for nothing takes no connection.
 */
export class ReadTransaction {
  #waiting: Waiting[] = [];
  #client: PoolClient | undefined;
  #sending: Promise<void> | undefined;
  #isOver = false;

  constructor(
    private readonly pool: Pool,
    private readonly settings: Record<string, unknown>,
    /** Aborted when the caller has gone: the statements under way are cancelled. */
    private readonly departure?: AbortSignal,
  ) {}

  rows(sql: string): Promise<SqlRow[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ sql, resolve, reject });
      this.#sending ??= this.#sendAll();
    });
  }

  /** The answer does not wait for it: nothing depends on the end of a read. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#sending;
    const client = this.#client;
    await client?.query('rollback').then(
      () => client.release(),
      error => client.release(error),
    );
  }

  async #sendAll(): Promise<void> {
    // What the loaders of this turn still ask for comes along.
    await new Promise(resolve => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const together = this.#waiting;
      this.#waiting = [];
      await this.#send(together);
    }
    this.#sending = undefined;
  }

  async #send(together: readonly Waiting[]): Promise<void> {
    const beginning = this.#client
      ? []
      : ['start transaction isolation level repeatable read, read only', settingsSql(this.settings)];
    const request = underWay.getStore();
    const message = new Message([...beginning, ...together.map(({ sql }) => sql)], request?.requestId);
    let isUnderWay = true;
    const cancel = () => this.#client && cancelStatement(this.pool, this.#client, () => isUnderWay);
    try {
      if (this.#isOver) throw new Error('The operation is over.');
      this.departure?.throwIfAborted();
      this.#client ??= await this.pool.connect();
      this.departure?.throwIfAborted();
      this.departure?.addEventListener('abort', cancel, { once: true });
      if (request) request.statements += beginning.length + together.length;
      const answer: unknown = await this.#client.query(message.text);
      const results = (Array.isArray(answer) ? answer : [answer]) as { rows: SqlRow[] }[];
      for (const [i, { resolve }] of together.entries()) resolve(results[beginning.length + i]!.rows);
    } catch (error) {
      const failures = message.failures(error);
      for (const [i, { reject }] of together.entries()) reject(failures[beginning.length + i]);
    } finally {
      isUnderWay = false;
      this.departure?.removeEventListener('abort', cancel);
    }
  }
}
