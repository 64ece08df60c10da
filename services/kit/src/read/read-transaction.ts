import type { Pool, PoolClient } from 'pg';
import { isDecided } from '../connection-loss.ts';
import { underWay } from '../orm.ts';
import { cancelStatement } from './cancel-statement.ts';
import { inOneMessage, settingsSql } from './message.ts';
import { entryFor, farewell, filled, type Statement } from './prepared.ts';

export type SqlRow = Record<string, any>;

interface Waiting {
  statement: Statement;
  resolve: (rows: SqlRow[]) => void;
  reject: (error: unknown) => void;
}

const beginning = (settings: Record<string, unknown>) => [
  'start transaction isolation level repeatable read, read only',
  settingsSql(settings),
];

/** PostgreSQL refused a statement, and the connection is whole; one that took too long would take as long again. */
const isOfOneStatement = (error: unknown) => isDecided(error) && (error as { code?: string }).code !== '57014';

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

  /**
   * What fell with another's fault is asked again, each in a savepoint of its own, and what comes later finds a transaction that goes on.
   * They are of a later snapshot: one answer whole in itself beside an error is worth more than none.
   */
  async #askEachAlone(client: PoolClient, together: readonly Waiting[], fault: unknown): Promise<void> {
    try {
      await client.query(farewell(client, true));
      await client.query(inOneMessage(beginning(this.settings), underWay.getStore()?.requestId));
    } catch {
      for (const { reject } of together) reject(fault);
      return;
    }
    for (const { statement, resolve, reject } of together) {
      try {
        await client.query('savepoint alone');
        resolve((await client.query(filled(statement))).rows);
      } catch (error) {
        await client.query('rollback to savepoint alone').catch(() => undefined);
        reject(error);
      }
    }
  }

  async #send(together: readonly Waiting[]): Promise<void> {
    const first = this.#client ? [] : beginning(this.settings);
    const request = underWay.getStore();
    let wasSent = false;
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
      const message = inOneMessage([...first, ...entries.map(({ sql }) => sql)], request?.requestId);
      if (request) request.statements += first.length + together.length;
      wasSent = true;
      const answer: unknown = await client.query(message);
      const results = (Array.isArray(answer) ? answer : [answer]) as { rows: SqlRow[] }[];
      let at = first.length - 1;
      for (const [i, { resolve }] of together.entries()) {
        const { results: own, keep } = entries[i]!;
        at += own;
        keep?.();
        resolve(results[at]!.rows);
      }
    } catch (error) {
      this.#hasFailed = true;
      if (wasSent && this.#client && isOfOneStatement(error) && !this.#isOver && !this.departure?.aborted)
        await this.#askEachAlone(this.#client, together, error);
      else for (const { reject } of together) reject(error);
    } finally {
      isUnderWay = false;
      this.departure?.removeEventListener('abort', cancel);
    }
  }
}
