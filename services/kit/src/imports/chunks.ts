import { setTimeout as pause } from 'node:timers/promises';

/** Cuts a list so that no statement carries more than a few megabytes. */
export function* chunks<T>(rows: readonly T[], size = 5_000): Generator<T[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}

/** Gives a statement of a megabyte the turns it needs to leave for the database. */
const leaving = () => pause(2);

/** Takes a list in by parts: each is made ready while the database works on the one before. */
export async function inParts<T, P>(
  rows: readonly T[],
  prepare: (part: T[]) => P,
  write: (ready: P) => Promise<void>,
  size?: number,
): Promise<void> {
  let writing = Promise.resolve();
  for (const part of chunks(rows, size)) {
    const ready = prepare(part);
    await writing;
    writing = write(ready);
    // It is heard of below, or with the next part.
    writing.catch(() => undefined);
    await leaving();
  }
  await writing;
}

/** Groups rows by a key, in the order they come. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const id = key(row);
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}
