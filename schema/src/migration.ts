// `npm run migration`: writes what the entities changed since the last migration as a new one, per service.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identity } from '@hub/identity/identity';
import { migrate } from '@hub/kit/migrate';
import { openOrm } from '@hub/kit/orm';
import { passwordsOf } from '@hub/postgres/passwords';
import { provision } from '@hub/postgres/provision';
import { startPostgres } from '@hub/postgres/start-postgres';
import { subgraphs } from './subgraphs.ts';

const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-migration-'));
const postgres = await startPostgres({ dataDirectory, durable: false });
const services = [...subgraphs, identity];
try {
  const names = services.map(({ name }) => name);
  const urls = await provision(postgres.adminUrl, names, passwordsOf(postgres.adminUrl));
  for (const service of services) {
    const { migrateUrl } = urls[service.name]!;
    const orm = await openOrm(migrateUrl, service);
    const made = await orm.migrator.create();
    await orm.close(true);
    process.stdout.write(`${service.name}: ${made.fileName || 'nothing changed'}\n`);
    await migrate(service.name, migrateUrl, service);
  }
} finally {
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}
