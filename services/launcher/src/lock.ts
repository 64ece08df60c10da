import { join } from 'node:path';
import { finishExchange } from '@hub/postgres/exchange';
import { LaunchFailure } from './launch-failure.ts';

/** Holds a data directory for this process. The system drops the lock when the process dies, however it dies. */
export async function lockData(directory: string): Promise<() => void> {
  // Loaded here, because an older Node must still reach the line that says it is too old.
  const { DatabaseSync } = await import('node:sqlite');
  const file = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
  try {
    file.exec('pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    file.close();
    if (!/locked/.test(String(error))) throw error;
    throw new LaunchFailure(`Another hub runs with the data in ${directory}: stop it first, or set HUB_DATA to another folder.`);
  }
  // Whoever holds the folder finishes first what a restore that was cut off has begun.
  await finishExchange(directory);
  return () => file.close();
}
