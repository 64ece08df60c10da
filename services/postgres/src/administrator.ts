import pg from 'pg';
import { PostgresFailure } from './postgres-failure.ts';

export type Run = <Row extends object = Record<string, any>>(sql: string, values?: unknown[]) => Promise<Row[]>;

/** An address as it may be shown: without its password. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'that address';
  const { username, host, pathname } = new URL(url);
  return `${decodeURIComponent(pathname.slice(1)) || 'the default database'} at ${host} as ${decodeURIComponent(username) || 'nobody'}`;
}

/** The address of another database of the same server, as somebody else where a login is given. */
export function urlFor(adminUrl: string, database: string, login?: string, password?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) url.username = login;
  if (password) url.password = password;
  return url.href;
}

/** Works on one connection, which ends whatever happens. */
export async function connected<T>(url: string, work: (run: Run) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hub provision' });
  // A server that goes away meanwhile fails the statement under way, too.
  client.on('error', () => undefined);
  await client.connect().catch(error => {
    throw new PostgresFailure(`${withoutPassword(url)} cannot be reached: ${error.message || error.code}`);
  });
  try {
    return await work(async (sql, values) => (await client.query(sql, values)).rows as never);
  } finally {
    await client.end();
  }
}
