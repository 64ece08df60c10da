import { setTimeout as pause } from 'node:timers/promises';

/** Repeats a check until it holds, for what follows within a moment: feeds are read up to the oldest running transaction of the cluster. */
export async function eventually<T>(check: () => Promise<T>, milliseconds = 10_000): Promise<T> {
  for (const end = Date.now() + milliseconds; ; await pause(50)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
