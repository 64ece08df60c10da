import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  /** The service's powerless login. */
  url: string;
  /** The owner: sees what no viewer sees; for planting and for looking behind the curtain. */
  ownerUrl: string;
  name: string;
  drop(): Promise<void>;
}

type Run = (sql: string) => Promise<pg.QueryResult>;

/** Works as the administrator of the throw-away PostgreSQL. */
export async function asAdmin<T>(work: (run: Run) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.HUB_TEST_ADMIN_URL });
  await client.connect();
  try {
    return await work(sql => client.query(sql));
  } finally {
    await client.end();
  }
}

const onDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();

/** A database of a service: a copy of its migrated template, or of another one, under a name of its own. */
export async function testDatabase(
  service: string,
  template = `hub_${service}`,
  name = `test_${service}_${randomBytes(6).toString('hex')}`,
): Promise<TestDatabase> {
  const urls = JSON.parse(process.env.HUB_TEST_URLS!)[service] as { databaseUrl: string; migrateUrl: string };
  await asAdmin(async run => {
    await run(`create database ${name} template ${template} strategy file_copy owner hub_${service}_owner`);
    await run(
      `revoke all on database ${name} from public; grant connect on database ${name} to hub_${service}, hub_${service}_owner`,
    );
  });
  return {
    name,
    url: onDatabase(urls.databaseUrl, name),
    ownerUrl: onDatabase(urls.migrateUrl, name),
    drop: async () => {
      await asAdmin(run => run(`drop database if exists ${name} with (force)`));
    },
  };
}
