import './node-guard.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createDirectory } from '@hub/postgres/data-directory';
import { answerHelp } from './answer-help.ts';
import { startEmbedded } from './embedded-database.ts';
import { failureLine } from './failure-line.ts';
import { Family } from './family.ts';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { assertBuilt, builtEntries, inRepository, type Service, services } from './layout.ts';
import { lockData } from './lock.ts';
import { externalMigrateUrls, hubData, variable } from './settings.ts';

const usage = `Usage: npm run migrate
Brings the databases up to date and ends: those in HUB_DATA, or those of MIGRATE_URL_<SERVICE> (docs/operations.md).`;

answerHelp(usage);
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupted.abort());

try {
  const external = externalMigrateUrls();
  if (external) await migrateAll(external);
  else await withEmbedded(migrateAll);
} catch (error) {
  console.error(interrupted.signal.aborted ? 'Stopped before all databases were migrated.' : lineOf(error));
  process.exit(1);
}

async function withEmbedded(work: (urls: Record<Service, string>) => Promise<void>): Promise<void> {
  const dataDirectory = await createDirectory(hubData());
  const unlock = await lockData(dataDirectory);
  const family = new Family(await createDirectory(join(dataDirectory, 'logs')));
  try {
    const databases = await startEmbedded(family, builtEntries.postgres, dataDirectory, true, line => console.log(line));
    const urls = services.map(name => [name, databases[name].migrateUrl]);
    await work(Object.fromEntries(urls));
  } finally {
    await family.stop();
    unlock();
  }
}

async function migrateAll(urls: Record<Service, string>): Promise<void> {
  for (const name of services.filter(service => urls[service])) {
    interrupted.signal.throwIfAborted();
    const entry = inRepository('services', name, 'dist', 'migrate.js');
    assertBuilt(entry);
    const env = { ...process.env, [variable('MIGRATE_URL', name)]: urls[name] };
    const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'inherit', 'pipe'] });
    let printed = '';
    child.stderr.on('data', chunk => {
      printed += chunk;
    });
    const [code, signal] = await once(child, 'close');
    if (code !== 0)
      throw new LaunchFailure(`${name} could not be migrated: ${failureLine(name, printed) ?? signal ?? `exit code ${code}`}`);
  }
}
