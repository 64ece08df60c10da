// Loads one database of a kept installation, as its version left it: `load-installation.js <service> <file>`. A process of its own,
// because migrations are imported. OWNER_URL and ADMIN_URL lead to an empty database of the service.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ormOptions } from '@hub/kit/orm';
import { inRepository } from '@hub/launcher/layout';
import { connected } from '@hub/postgres/administrator';
import { MikroORM } from '@mikro-orm/postgresql';
import { fill, unpack } from './previous-installation.ts';

const [service, file] = process.argv.slice(2);
const { OWNER_URL, ADMIN_URL } = process.env;
if (!service || !file || !OWNER_URL || !ADMIN_URL) throw new Error('Usage: load-installation.js <service> <file>');
const kept = unpack(readFileSync(file)).databases[service]!;

const entry = inRepository('services', service, 'dist', service === 'identity' ? 'identity.js' : 'subgraph.js');
const subgraph = (await import(pathToFileURL(entry).href))[service];
for (const { name, sha256 } of kept.migrations) {
  const now = createHash('sha256')
    .update(readFileSync(join(subgraph.migrations, `${name}.ts`)))
    .digest('hex');
  if (now !== sha256) throw new Error(`${name} of ${service} was changed after it had landed: write another migration instead.`);
}
const orm = await MikroORM.init(ormOptions(OWNER_URL, subgraph));
await orm.migrator.up({ migrations: kept.migrations.map(({ name }) => name) });
await orm.close(true);
await connected(OWNER_URL, async run => {
  await run(kept.guards);
  await run(`comment on schema public is '${kept.mark}'`);
});
await connected(ADMIN_URL, run => fill(run, kept));
