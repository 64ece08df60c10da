import { setTimeout as pause } from 'node:timers/promises';

/** Repeats a check until it holds, for what follows within a moment; its patience is for slow machines and asserts no time. */
export async function eventually<T>(check: () => T | Promise<T>, milliseconds = 90_000): Promise<T> {
  for (const end = Date.now() + milliseconds; ; await pause(20)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
