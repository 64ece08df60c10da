import { parseArgs } from 'node:util';
import { startPostgres } from './start-postgres.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'not-durable': { type: 'boolean', default: false }, port: { type: 'string' } },
});
const dataDirectory = positionals[0];
if (!dataDirectory) fail('Usage: main.js <data directory> [--not-durable] [--port N]');

const stopAsked = new Promise<void>(resolve => {
  for (const event of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect']) process.on(event, () => resolve());
});

try {
  // A stop that arrives meanwhile waits: a server abandoned between its start and `ready` would stay behind.
  const postgres = await startPostgres({ dataDirectory, durable: !values['not-durable'], port: Number(values.port ?? 0) });
  if (process.connected)
    process.send?.({ ready: { adminUrl: postgres.adminUrl, directory: postgres.directory, notice: postgres.notice } });
  else if (!process.send) console.log(`PostgreSQL is ready on 127.0.0.1:${postgres.port}`);
  const asked = await Promise.race([stopAsked.then(() => true), postgres.ended.then(() => false)]);
  if (!asked) fail((await postgres.complaint()).message);
  await postgres.stop();
  process.exit(0);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}
