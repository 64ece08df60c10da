import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadResult, LoadTask } from './load.ts';

export interface Loader {
  load(task: LoadTask): Promise<LoadResult>;
  stop(): void;
}

/** Starts the process that loads; answers when its tokens are signed. */
export async function startLoader(dataDirectory: string, tokens: number): Promise<Loader> {
  const child = fork(join(import.meta.dirname, 'load.ts'), [dataDirectory, String(tokens)]);
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The load ended with code ${code}.`)));
  ended.catch(() => undefined);
  const answer = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  await answer();
  return {
    load: task => {
      child.send(task);
      return answer() as Promise<LoadResult>;
    },
    stop: () => child.disconnect(),
  };
}
