// How fast the hub takes in a ledger, beside a bare COPY of what it made of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '@hub/launcher/layout';
import { startHub } from '@hub/launcher/start-hub';
import { createDirectory } from '@hub/postgres/data-directory';
import { passwordsOf } from '@hub/postgres/passwords';
import { provision } from '@hub/postgres/provision';
import { startPostgres } from '@hub/postgres/start-postgres';
import pg from 'pg';
import { manyOrganisations } from './many-organisations.ts';

/** The most one file may have. */
const perFile = 100_000;
const tried = 10_000;

export interface ImportRate {
  rows: number;
  /** Seconds of a dry run of 10,000 rows. */
  trial: number;
  /** Seconds from the first byte sent to the last file applied. */
  hub: number;
  /** Seconds of `COPY … FROM` for every row of every table the import wrote, indexes and all, no triggers. */
  copy: number;
}

const secondsSince = (start: number) => (performance.now() - start) / 1_000;

/** Imports organisations over a PostgreSQL of its own, then empties its tables and copies the same rows into them. */
export async function importRate(files: number, afterImport: () => Promise<void> = async () => undefined): Promise<ImportRate> {
  const dataDirectory = await createDirectory(await mkdtemp(join(tmpdir(), 'hub-bench-import-')));
  const postgres = await startPostgres({ dataDirectory: join(dataDirectory, 'database') });
  try {
    const urls = await provision(postgres.adminUrl, services, passwordsOf(postgres.adminUrl));
    for (const name of services) {
      process.env[`DATABASE_URL_${name.toUpperCase()}`] = urls[name].databaseUrl;
      process.env[`MIGRATE_URL_${name.toUpperCase()}`] = urls[name].migrateUrl;
    }
    const [header, ...lines] = manyOrganisations(files * perFile)
      .trim()
      .split('\n');
    const hub = await startHub({ dataDirectory: join(dataDirectory, 'hub'), port: 0, sample: 'none' });
    const authorization = `Bearer ${await hub.token({ role: 'COMMITTEE', division: '220100', minutes: 60 })}`;
    const send = async (name: string, rows: string[]) => {
      const headers = { authorization, 'content-type': 'text/csv' };
      const body = [header, ...rows].join('\n');
      const response = await fetch(`${hub.url}/imports/organisations?${name}`, { method: 'POST', body, headers });
      const answer = (await response.json()) as { import?: { counts: { created: number } } };
      if (answer.import?.counts.created !== rows.length)
        throw new Error(`Import ${name}: ${JSON.stringify(answer).slice(0, 300)}`);
    };
    const trying = performance.now();
    await send('dryRun', lines.slice(0, tried));
    const trial = secondsSince(trying);
    const start = performance.now();
    for (let file = 0; file < files; file++) {
      await send(`name=${file}.csv`, lines.slice(file * perFile, (file + 1) * perFile));
    }
    const taken = secondsSince(start);
    await afterImport();
    await hub.stop();
    return {
      rows: lines.length,
      trial,
      hub: taken,
      copy: await copyAgain(postgres.adminUrl, join(dataDirectory, 'database', 'cluster')),
    };
  } finally {
    for (const name of services.map(each => each.toUpperCase())) {
      delete process.env[`DATABASE_URL_${name}`];
      delete process.env[`MIGRATE_URL_${name}`];
    }
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function copyAgain(adminUrl: string, directory: string): Promise<number> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(adminUrl), { pathname: '/hub_organisations' }).toString(),
  });
  await client.connect();
  try {
    const found = await client.query(`select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`);
    const tables = found.rows.map(({ name }, i) => ({ name: name as string, file: join(directory, `copy-${i}`) }));
    for (const { name, file } of tables) await client.query(`copy ${name} to '${file}'`);
    await client.query(
      `set session_replication_role = replica; truncate ${tables.map(({ name }) => name).join(', ')} cascade; checkpoint`,
    );
    const start = performance.now();
    await client.query(`begin; ${tables.map(({ name, file }) => `copy ${name} from '${file}'`).join('; ')}; commit`);
    return secondsSince(start);
  } finally {
    await client.end();
  }
}
