import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import pg from 'pg';

/** Which part of the log of writes makes a copy whole, in PostgreSQL's own numbers. */
export interface BackupRange {
  from: string;
  to: string;
  timeline: number;
}

interface Connection {
  query(sql: string): void;
  stream: { pause(): void; resume(): void; destroy(): void };
}

/**
 * PostgreSQL's own command for a copy of a running server: its files as one tar, packed, with the log that makes them whole, and a
 * manifest of their checksums. While it reads it checks every page, and fails over one that is damaged.
 */
const command = `BASE_BACKUP (LABEL 'hub', CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256', COMPRESSION 'gzip', COMPRESSION_DETAIL 'level=3')`;

/** What `pg` hands the messages of the command to: no query of its own knows rows and copied data in turns. */
class Receiver {
  readonly rows: (string | null)[][] = [];
  readonly #files: { tar: string; manifest: string };
  readonly #done = Promise.withResolvers<void>();
  readonly #closed: Promise<unknown>[] = [];
  #file?: WriteStream;

  constructor(files: { tar: string; manifest: string }) {
    this.#files = files;
  }

  get done(): Promise<void> {
    return this.#done.promise;
  }

  submit(connection: Connection): void {
    connection.query(command);
  }

  /** The first byte says what follows: a new archive, the manifest, or data of either. */
  handleCopyData({ chunk }: { chunk: Buffer }, connection: Connection): void {
    const kind = String.fromCharCode(chunk[0]!);
    if (kind === 'n') this.#open(this.#files.tar, connection);
    if (kind === 'm') this.#open(this.#files.manifest, connection);
    // A copy: the connection reads the next message into the same memory.
    if (kind !== 'd' || this.#file!.write(Buffer.from(chunk.subarray(1)))) return;
    connection.stream.pause();
    this.#file!.once('drain', () => connection.stream.resume());
  }

  #open(path: string, connection: Connection): void {
    this.#close();
    this.#file = createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true });
    this.#closed.push(once(this.#file, 'close').catch(() => undefined));
    // A full disk: the server would otherwise go on sending to nobody.
    this.#file.on('error', error => {
      this.#done.reject(error);
      connection.stream.destroy();
    });
  }

  #close(): void {
    this.#file?.end();
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.rows.push(fields);
  }

  handleReadyForQuery(): void {
    this.#close();
    Promise.all(this.#closed).then(() => this.#done.resolve());
  }

  handleError(error: Error): void {
    this.#file?.destroy();
    this.#done.reject(error);
  }

  handleRowDescription(): void {}
  handleCommandComplete(): void {}
}

/** Copies a running server into two files; answers which part of its log of writes makes the copy whole. */
export async function baseBackup(adminUrl: string, files: { tar: string; manifest: string }): Promise<BackupRange> {
  const client = new pg.Client({ connectionString: adminUrl, replication: 'true' } as pg.ClientConfig);
  const receiver = new Receiver(files);
  client.on('error', error => receiver.handleError(error));
  await client.connect();
  try {
    client.query(receiver as unknown as pg.Submittable);
    await receiver.done;
  } finally {
    await client.end().catch(() => undefined);
  }
  // A row of where it begins, rows of what stands elsewhere, a row of where it ends.
  const [from, timeline] = receiver.rows[0]!;
  return { from: from!, timeline: Number(timeline), to: receiver.rows.at(-1)![0]! };
}
