// Starts the throw-away PostgreSQL of a test run and makes one migrated template database per service. Uses the built code.
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { passwordsOf } from '@hub/postgres/passwords';
import { provision } from '@hub/postgres/provision';
import { removeAll } from './remove-all.js';

const services = ['organisations', 'people', 'campaigns', 'programs', 'identity'];
const program = (service, name) => join(import.meta.dirname, '..', 'services', service, 'dist', name);

// In a process of its own: what MikroORM keeps on the global object would be shared with every test file.
const migrate = (service, url) =>
  promisify(execFile)(process.execPath, [program(service, 'migrate.js')], {
    env: { ...process.env, [`MIGRATE_URL_${service.toUpperCase()}`]: url },
  });

/** An option of Node as NODE_OPTIONS takes it where a path holds spaces. */
const quoted = path => `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** From here on this process, the test workers and every Node process they start count their connections. */
function countConnections(record) {
  const guard = join(import.meta.dirname, 'outbound-guard.cjs');
  writeFileSync(record, '');
  process.env.HUB_OUTBOUND_RECORD = record;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require ${quoted(guard)}`.trim();
  createRequire(import.meta.url)(guard);
}

/** The supervisor as a process of its own stops its PostgreSQL when this run is gone, whatever ended it. */
async function startDatabase(dataDirectory) {
  const supervisor = fork(program('postgres', 'main.js'), [dataDirectory, '--not-durable'], { execArgv: [] });
  const ended = once(supervisor, 'exit');
  const stop = async () => {
    if (supervisor.connected) supervisor.disconnect();
    await ended;
  };
  const failed = ended.then(() =>
    Promise.reject(new Error('The PostgreSQL of the tests did not start; its reason stands above.')),
  );
  const [{ ready }] = await Promise.race([once(supervisor, 'message'), failed]);
  failed.catch(() => undefined);
  if (ready.notice) process.stderr.write(`${ready.notice}\n`);
  return { ...ready, stop };
}

export default async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-test-'));
  countConnections(join(dataDirectory, 'connections'));
  let postgres;
  try {
    postgres = await startDatabase(dataDirectory);
    const urls = await provision(postgres.adminUrl, services, passwordsOf(postgres.adminUrl));
    await Promise.all(services.map(service => migrate(service, urls[service].migrateUrl)));
    process.env.HUB_TEST_ADMIN_URL = postgres.adminUrl;
    process.env.HUB_TEST_URLS = JSON.stringify(urls);
    globalThis.hubTest = { postgres, dataDirectory };
  } catch (error) {
    // Nobody calls the teardown of a set-up that failed.
    await postgres?.stop();
    await removeAll(dataDirectory, postgres?.directory ?? dataDirectory);
    throw error;
  }
};
