import { lineOf } from './launch-failure.ts';
import { importBuilt, type Service, services } from './layout.ts';
import { variable } from './settings.ts';

// Brings every database up to date as its owner, and ends: whatever serves later holds no owner's password.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
const [{ wholeEnvironment }, { migrate }] = await Promise.all([import('@hub/kit/late-environment'), import('@hub/kit/migrate')]);

async function databaseOf(name: Service) {
  const file = name === 'identity' ? 'identity.js' : 'subgraph.js';
  return (await importBuilt('services', name, 'dist', file))[name];
}

const databases = new Map<Service, Awaited<ReturnType<typeof databaseOf>>>();
for (const name of services) databases.set(name, await databaseOf(name));
await wholeEnvironment();
process.once('disconnect', () => process.exit(1));
try {
  await Promise.all(
    services.map(async name => {
      const url = process.env[variable('MIGRATE_URL', name)];
      const failed = (error: unknown) => Promise.reject(new Error(`${name}: ${lineOf(error).split('\n')[0]}`));
      if (url) await migrate(url, databases.get(name)).catch(failed);
    }),
  );
  process.exit(0);
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exit(1);
}
