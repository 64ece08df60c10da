import { PostgresFailure } from './postgres-failure.ts';

const known: [RegExp, string][] = [
  [/No space left on device|Disk quota exceeded/, 'the disk is full'],
  [/Read-only file system/, 'it is on a read-only file system'],
  [/has wrong ownership/, 'it belongs to another user: start the hub as that user'],
  [/Permission denied|Operation not permitted/, 'PostgreSQL may not read or write there'],
];

/** Makes one clear line of what initdb or postgres printed. */
export function complaint(doing: string, directory: string, output: string): PostgresFailure {
  const reason = known.find(([pattern]) => pattern.test(output))?.[1];
  if (reason) return new PostgresFailure(`The data directory ${directory} cannot be used: ${reason}.`);
  const lines = output.split('\n').filter(line => /FATAL|PANIC|error:|ERROR/.test(line));
  const said = lines.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') ?? 'it gave no reason';
  return new PostgresFailure(`PostgreSQL could not ${doing} ${directory}: ${said}`);
}
