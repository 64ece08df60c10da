// Keeps an installation for the test of upgrades: `node test/dist/keep-installation.js <HUB_DATA> <commit> <file>`, see test/previous/README.md.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openOrm } from '@hub/kit/orm';
import { securityScript } from '@hub/kit/security';
import { inRepository, services } from '@hub/launcher/layout';
import { connected, urlFor } from '@hub/postgres/administrator';
import { startPostgres } from '@hub/postgres/start-postgres';
import { contentsOf, type Kept, type KeptDatabase, pack } from './previous-installation.ts';

const [data, commit, file] = process.argv.slice(2);
if (!data || !commit || !file) throw new Error('Usage: keep-installation.js <HUB_DATA of a stopped hub> <commit> <file>');

const postgres = await startPostgres({ dataDirectory: join(data, 'postgres'), durable: false });
try {
  const databases: Record<string, KeptDatabase> = {};
  for (const service of services) {
    const url = urlFor(postgres.adminUrl, `hub_${service}`);
    const entry = inRepository('services', service, 'dist', service === 'identity' ? 'identity.js' : 'subgraph.js');
    const subgraph = (await import(pathToFileURL(entry).href))[service];
    const orm = await openOrm(url, subgraph);
    const guards = securityScript(orm);
    await orm.close(true);
    databases[service] = await connected(url, async run => {
      const done = await run<{ name: string }>('select name from mikro_orm_migrations order by id');
      const [{ mark }] = (await run<{ mark: string }>(
        `select obj_description('public'::regnamespace, 'pg_namespace') as mark`,
      )) as [{ mark: string }];
      const hashed = (name: string) =>
        createHash('sha256')
          .update(readFileSync(join(subgraph.migrations, `${name}.ts`)))
          .digest('hex');
      const migrations = done.map(({ name }) => ({ name, sha256: hashed(name) }));
      return { migrations, guards, mark, ...(await contentsOf(run)) };
    });
  }
  const kept: Kept = { commit, databases };
  writeFileSync(file, pack(kept));
} finally {
  await postgres.stop();
}
