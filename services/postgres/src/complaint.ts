import { PostgresFailure } from './postgres-failure.ts';

const known: [RegExp, string][] = [
  [/No space left on device|Disk quota exceeded/, 'the disk is full'],
  [/Read-only file system/, 'it is on a read-only file system'],
  [/has wrong ownership/, 'it belongs to another user: start the hub as that user'],
  [/Permission denied|Operation not permitted/, 'PostgreSQL may not read or write there'],
];

function unusable(directory: string, output: string): PostgresFailure | undefined {
  const reason = known.find(([pattern]) => pattern.test(output))?.[1];
  return reason === undefined ? undefined : new PostgresFailure(`The data directory ${directory} cannot be used: ${reason}.`);
}

/** Why a server that served ended by itself: by its last lines alone, and never in the words of a statement that failed. */
export function endOf(directory: string, output: string): PostgresFailure {
  const last = output.split('\n').slice(-20);
  const known = unusable(directory, last.filter(line => /FATAL|PANIC|LOG/.test(line)).join('\n'));
  const panic = last.findLast(line => /PANIC:/.test(line))?.replace(/^.*?PANIC:\s*/, '');
  return (
    known ?? new PostgresFailure(`PostgreSQL ended by itself${panic ? ` (${panic})` : ''}; see postgres.log in ${directory}.`)
  );
}

/** Makes one clear line of what initdb or postgres printed. */
export function complaint(doing: string, directory: string, output: string): PostgresFailure {
  const known = unusable(directory, output);
  if (known) return known;
  const lines = output.split('\n').filter(line => /FATAL|PANIC|error:|ERROR/.test(line));
  const said = lines.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') ?? 'it gave no reason';
  return new PostgresFailure(`PostgreSQL could not ${doing} ${directory}: ${said}`);
}
