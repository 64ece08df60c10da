// Starts the throw-away PostgreSQL of a test run and makes one migrated template database per subgraph. Uses the built code.
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { passwordsOf } from '@hub/postgres/passwords';
import { provision } from '@hub/postgres/provision';
import { startPostgres } from '@hub/postgres/start-postgres';

const services = ['organisations', 'people', 'campaigns', 'programs'];

// In a process of its own: what MikroORM keeps on the global object would be shared with every test file.
const migrate = (service, url) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'services', service, 'dist', 'migrate.js')], {
    env: { ...process.env, [`MIGRATE_URL_${service.toUpperCase()}`]: url },
  });

export default async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-test-'));
  const postgres = await startPostgres({ dataDirectory, durable: false });
  const urls = await provision(postgres.adminUrl, services, passwordsOf(postgres.adminUrl));
  await Promise.all(services.map(service => migrate(service, urls[service].migrateUrl)));
  process.env.HUB_TEST_ADMIN_URL = postgres.adminUrl;
  process.env.HUB_TEST_URLS = JSON.stringify(urls);
  globalThis.hubTest = { postgres, dataDirectory };
};
