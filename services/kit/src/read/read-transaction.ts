import type { Pool, PoolClient } from 'pg';
import { underWay } from '../orm.ts';
import { cancelStatement } from './cancel-statement.ts';
import { Message, settingsSql } from './message.ts';
import { entryFor, farewell, type Statement } from './prepared.ts';

export type SqlRow = Record<string, any>;

interface Waiting {
  statement: Statement;
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
  #hasFailed = false;

  constructor(
    private readonly pool: Pool,
    private readonly settings: Record<string, unknown>,
    /** Aborted when the caller has gone: the statements under way are cancelled. */
    private readonly departure?: AbortSignal,
  ) {}

  rows(statement: Statement): Promise<SqlRow[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statement, resolve, reject });
      this.#sending ??= this.#sendAll();
    });
  }

  /** The answer does not wait for it: nothing depends on the end of a read. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#sending;
    const client = this.#client;
    await client?.query(farewell(client, this.#hasFailed)).then(
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
    let message: Message | undefined;
    let isUnderWay = true;
    const cancel = () => this.#client && cancelStatement(this.pool, this.#client, () => isUnderWay);
    try {
      if (this.#isOver) throw new Error('The operation is over.');
      this.departure?.throwIfAborted();
      this.#client ??= await this.pool.connect();
      this.departure?.throwIfAborted();
      this.departure?.addEventListener('abort', cancel, { once: true });
      const client = this.#client;
      const entries = together.map(({ statement }) => entryFor(client, statement));
      message = new Message([...beginning, ...entries.map(({ sql }) => sql)], request?.requestId);
      if (request) request.statements += beginning.length + together.length;
      const answer: unknown = await client.query(message.text);
      const results = (Array.isArray(answer) ? answer : [answer]) as { rows: SqlRow[] }[];
      let at = beginning.length - 1;
      for (const [i, { resolve }] of together.entries()) {
        const { results: own, keep } = entries[i]!;
        at += own;
        keep?.();
        resolve(results[at]!.rows);
      }
    } catch (error) {
      this.#hasFailed = true;
      const failures = message?.failures(error);
      for (const [i, { reject }] of together.entries()) reject(failures ? failures[beginning.length + i] : error);
    } finally {
      isUnderWay = false;
      this.departure?.removeEventListener('abort', cancel);
    }
  }
}
