import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Run } from '@hub/postgres/administrator';

/** A table as it stood: its columns, and each row as PostgreSQL writes a row. */
export interface KeptTable {
  name: string;
  columns: string[];
  rows: string[];
}

export interface KeptDatabase {
  /** The migrations it had had, each with the SHA-256 of its file: what has landed is never changed. */
  migrations: { name: string; sha256: string }[];
  /** What guarded it, as its code applied it, and the mark that was left. */
  guards: string;
  mark: string;
  tables: KeptTable[];
  sequences: { name: string; value: string }[];
}

/** An installation of the version before this one, without what is secret. */
export interface Kept {
  commit: string;
  databases: Record<string, KeptDatabase>;
}

/** Tables of secrets, and of what is sealed by the installation's own key: no repository may have them. */
export const secret = ['signing_key', 'oidc_record', 'password', 'client_secret', 'secret_hash'];

const columnsQuery = `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  group by 1 order by 1`;

const quoted = (columns: readonly string[]) => columns.map(column => `"${column}"`).join(', ');

/** The rows of a table by the columns it had; a superuser reads them all. */
export async function rowsOf(run: Run, { name, columns }: Pick<KeptTable, 'name' | 'columns'>): Promise<string[]> {
  const rows = await run<{ row: string }>(`select row(${quoted(columns)})::text as row from "${name}" order by 1`);
  return rows.map(({ row }) => row);
}

/** All tables and sequences of a database. */
export async function contentsOf(run: Run): Promise<Pick<KeptDatabase, 'tables' | 'sequences'>> {
  const tables: KeptTable[] = [];
  for (const table of await run<{ name: string; columns: string[] }>(columnsQuery))
    tables.push({ ...table, rows: secret.includes(table.name) ? [] : await rowsOf(run, table) });
  const sequences = await run<{ name: string; value: string }>(
    `select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' and last_value is not null`,
  );
  return { tables, sequences };
}

/** Fills tables that are there and empty, past triggers and keys: the rows have passed them once. */
export async function fill(run: Run, { tables, sequences }: KeptDatabase): Promise<void> {
  await run('begin');
  await run('set local session_replication_role = replica');
  for (const { name, columns, rows } of tables) {
    await run(`delete from "${name}"`);
    const types = await run<{ type: string }>(
      `select format_type(atttypid, atttypmod) as type from pg_attribute, unnest($2::text[]) with ordinality wanted (name, at)
       where attrelid = $1::regclass and attname = wanted.name order by at`,
      [`"${name}"`, columns],
    );
    // A type of just these columns reads a row as it was written, whatever order the table has them in.
    await run(`create type kept as (${columns.map((column, i) => `"${column}" ${types[i]!.type}`).join(', ')})`);
    await run(
      `insert into "${name}" (${quoted(columns)}) overriding system value
       select (r.kept).* from (select line::kept as kept from unnest($1::text[]) line) r`,
      [rows],
    );
    await run('drop type kept');
  }
  for (const { name, value } of sequences) await run('select setval($1::regclass, $2::bigint)', [`"${name}"`, value]);
  await run('commit');
}

const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS } = constants;

/** A revision repeats its row: a window over all of it makes a megabyte of eighteen. */
export const pack = (kept: Kept): Buffer =>
  brotliCompressSync(JSON.stringify(kept), { params: { [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS } });
export const unpack = (bytes: Buffer): Kept => JSON.parse(brotliDecompressSync(bytes).toString()) as Kept;
