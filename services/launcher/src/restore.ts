import './node-guard.ts';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createDirectory } from '@hub/postgres/data-directory';
import type { Target } from '@hub/postgres/restore-cluster';
import { answerHelp } from './answer-help.ts';
import { readBackup, restore } from './installation-restore.ts';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { lockData } from './lock.ts';
import { externalDatabases, hubData } from './settings.ts';

const usage = `Usage: npm run restore -- DIR [--to TIME | --to latest] [--replace]
Restores the backup in DIR into HUB_DATA, as it was when the backup ended, or at a later moment such as 2026-01-31T09:30:00+08:00, or
as late as the log of writes goes. A database that is there is refused; with --replace it is put aside. The hub must not run.`;

answerHelp(usage);
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { to: { type: 'string' }, replace: { type: 'boolean', default: false } },
  });
  const [given, ...more] = positionals;
  if (!given || more.length > 0) throw new LaunchFailure(`Give one folder.\n${usage}`);
  if (externalDatabases())
    throw new LaunchFailure(
      'The databases are on servers of your own (DATABASE_URL_*): restore those with their own tools (docs/operations.md).',
    );
  const backup = resolve(given);
  const note = await readBackup(backup);
  const target = targetOf(values.to, note.endedAt);
  const dataDirectory = await createDirectory(hubData());
  const unlock = await lockData(dataDirectory);
  try {
    const { lastChange, aside } = await restore(backup, note, dataDirectory, target, values.replace);
    console.log(
      `Restored to ${dataDirectory}${lastChange ? `; the last change in it was made at ${lastChange}` : `, as of ${note.endedAt}`}.`,
    );
    if (aside.length > 0) console.log(`What was there stands in ${aside.join(', ')}: remove it when all is well.`);
    console.log(`The settings of then are in ${backup}/settings.env. Start the hub with npm start.`);
  } finally {
    unlock();
  }
} catch (error) {
  console.error(lineOf(error));
  process.exitCode = 1;
}

function targetOf(to: string | undefined, endedAt: string): Target {
  if (to === undefined) return 'backup';
  if (to === 'latest') return 'latest';
  // Without a zone nobody knows which hour is meant.
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/.test(to) || Number.isNaN(Date.parse(to)))
    throw new LaunchFailure(`--to is "${to}": give a moment with its zone, such as 2026-01-31T09:30:00+08:00, or latest.`);
  if (Date.parse(to) < Date.parse(endedAt))
    throw new LaunchFailure(
      `This backup ended at ${endedAt}, after ${to}: take an earlier one, or leave --to out for the backup itself.`,
    );
  // PostgreSQL knows no names of zones yet when it reads this.
  return { moment: to.replace('T', ' ').replace(/Z$/, '+00') };
}
