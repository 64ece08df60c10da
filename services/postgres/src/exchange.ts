import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What is to stand in whose place; what stood there is put aside. */
export interface Exchange {
  from: string;
  to: string;
  aside: string;
}

const journal = (directory: string) => join(directory, 'exchange.json');

/** Puts several things in their places, all of them or none: from the journal on, a start that finds it goes on where this one ended. */
export async function exchange(directory: string, exchanges: readonly Exchange[]): Promise<void> {
  const draft = `${journal(directory)}.draft`;
  await writeFile(draft, JSON.stringify(exchanges), { mode: 0o600, flush: true });
  await rename(draft, journal(directory));
  await sync(directory);
  await finishExchange(directory);
}

/** Finishes an exchange that was cut off; does nothing where none was. */
export async function finishExchange(directory: string): Promise<void> {
  const text = await readFile(journal(directory), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  for (const { from, to, aside } of JSON.parse(text) as Exchange[]) {
    if (!(await exists(from))) continue;
    if (await exists(to)) await rename(to, aside);
    await rename(from, to);
    await sync(dirname(to));
  }
  await rm(journal(directory));
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A new name is safe from a power cut once its folder is. */
async function sync(directory: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(directory, 'r');
    await folder.sync();
  } finally {
    await folder?.close();
  }
}
