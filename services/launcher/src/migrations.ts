import type { Migratable } from '@hub/kit/migrate';
import { lineOf } from './launch-failure.ts';
import { importBuilt, type Service, services } from './layout.ts';
import { variable } from './settings.ts';

// Brings every database up to date as its owner, and ends: whatever serves later holds no owner's password.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ wholeEnvironment }, { migrateAll }] = await Promise.all([
  import('@hub/kit/late-environment'),
  import('@hub/kit/migrate'),
]);

async function databaseOf(name: Service): Promise<Migratable> {
  const file = name === 'identity' ? 'identity.js' : 'subgraph.js';
  return (await importBuilt('services', name, 'dist', file))[name];
}

const databases = new Map<Service, Awaited<ReturnType<typeof databaseOf>>>();
for (const name of services) databases.set(name, await databaseOf(name));
await wholeEnvironment();
process.once('disconnect', () => process.exit(1));
try {
  const migrations = services.flatMap(name => {
    const ownerUrl = process.env[variable('MIGRATE_URL', name)];
    return ownerUrl ? [{ name, ownerUrl, database: databases.get(name)! }] : [];
  });
  await migrateAll(migrations);
  process.stdout.write(migrations.map(({ name }) => `${name}: migrated\n`).join(''));
  process.exit(0);
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exit(1);
}
