import './node-guard.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { owed } from '@hub/kit/late-environment';
import { createDirectory } from '@hub/postgres/data-directory';
import { answerHelp } from './answer-help.ts';
import { withoutSecrets } from './child.ts';
import { startEmbedded } from './embedded-database.ts';
import { failureLine } from './failure-line.ts';
import { Family } from './family.ts';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { assertBuilt, builtEntries, type Service, services } from './layout.ts';
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

/** In the process that `npm start` migrates in, too; it is told the owners' URLs by a message, so that no environment holds them. */
async function migrateAll(urls: Record<Service, string>): Promise<void> {
  interrupted.signal.throwIfAborted();
  assertBuilt(builtEntries.migrations);
  const env = { ...withoutSecrets(process.env), [owed]: '1' };
  const child = spawn(process.execPath, [builtEntries.migrations], { env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  interrupted.signal.addEventListener('abort', () => child.kill());
  let printed = '';
  child.stderr!.on('data', chunk => {
    printed += chunk;
  });
  const named = services.filter(name => urls[name]).map(name => [variable('MIGRATE_URL', name), urls[name]]);
  child.send({ environment: Object.fromEntries(named) }, () => undefined);
  const [code, signal] = await once(child, 'close');
  if (code !== 0)
    throw new LaunchFailure(
      `The databases could not be migrated: ${failureLine('migrations', printed) ?? signal ?? `exit code ${code}`}`,
    );
}
