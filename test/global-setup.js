// Starts the throw-away PostgreSQL of a test run and makes one migrated template database per service. Uses the built code.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { passwordsOf } from '@hub/postgres/passwords';
import { provision } from '@hub/postgres/provision';
import { startPostgres } from '@hub/postgres/start-postgres';

const services = ['organisations', 'people', 'campaigns', 'programs', 'identity'];

// In a process of its own: what MikroORM keeps on the global object would be shared with every test file.
const migrate = (service, url) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'services', service, 'dist', 'migrate.js')], {
    env: { ...process.env, [`MIGRATE_URL_${service.toUpperCase()}`]: url },
  });

/** From here on this process, the test workers and every Node process they start count their connections. */
function countConnections(record) {
  const guard = join(import.meta.dirname, 'outbound-guard.cjs');
  writeFileSync(record, '');
  process.env.HUB_OUTBOUND_RECORD = record;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require ${guard}`.trim();
  createRequire(import.meta.url)(guard);
}

export default async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-test-'));
  countConnections(join(dataDirectory, 'connections'));
  const postgres = await startPostgres({ dataDirectory, durable: false });
  const urls = await provision(postgres.adminUrl, services, passwordsOf(postgres.adminUrl));
  await Promise.all(services.map(service => migrate(service, urls[service].migrateUrl)));
  process.env.HUB_TEST_ADMIN_URL = postgres.adminUrl;
  process.env.HUB_TEST_URLS = JSON.stringify(urls);
  globalThis.hubTest = { postgres, dataDirectory };
};
