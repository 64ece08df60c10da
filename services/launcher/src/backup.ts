import './node-guard.ts';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runningServer } from '@hub/postgres/running-server';
import { startPostgres } from '@hub/postgres/start-postgres';
import { answerHelp } from './answer-help.ts';
import { postgresDirectory } from './embedded-database.ts';
import { backUp } from './installation-backup.ts';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { lockData } from './lock.ts';
import { externalDatabases, hubData } from './settings.ts';

const usage = `Usage: npm run backup -- DIR
Backs the whole installation in HUB_DATA up into the new folder DIR, while it runs: databases, keys, settings.
DIR holds keys and personal data: it is made for its owner alone to read. Back again: npm run restore -- DIR [--to TIME].`;

answerHelp(usage);
try {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [given, ...more] = positionals;
  if (!given || more.length > 0) throw new LaunchFailure(`Give one folder.\n${usage}`);
  if (externalDatabases())
    throw new LaunchFailure(
      'The databases are on servers of your own (DATABASE_URL_*): back those up with pg_basebackup or your service, and HUB_DATA as files (docs/operations.md).',
    );
  const directory = resolve(given);
  const dataDirectory = hubData();
  const { endedAt } = await withServer(dataDirectory, adminUrl => backUp(adminUrl, dataDirectory, directory));
  console.log(`Backed up to ${directory}, as of ${endedAt}. It holds keys and personal data.`);
} catch (error) {
  console.error(lineOf(error));
  process.exitCode = 1;
}

/** The server that runs, or one that is started for the while. */
async function withServer<T>(dataDirectory: string, work: (adminUrl: string) => Promise<T>): Promise<T> {
  const database = postgresDirectory(dataDirectory);
  const unlock = await lockData(dataDirectory).catch(() => undefined);
  if (!unlock) {
    const running = await runningServer(database);
    if (!running)
      throw new LaunchFailure(`The hub with the data in ${dataDirectory} is starting or stopping: try again in a moment.`);
    return work(running);
  }
  try {
    const postgres = await startPostgres({ dataDirectory: database });
    return await work(postgres.adminUrl).finally(() => postgres.stop());
  } finally {
    unlock();
  }
}
