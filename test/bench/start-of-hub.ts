import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { inRepository } from '@hub/launcher/layout';
import { ask } from './ask.ts';
import { memoryOfTree } from './process-usage.ts';

/** Seconds to the first answered query, and MB of all processes half a minute later. */
export interface Start {
  fresh: number;
  again: number;
  idle: number;
}

/** What `npm start` runs once the build is done. */
async function firstAnswer(dataDirectory: string, way: string) {
  const since = performance.now();
  const launcher = spawn(process.execPath, ['--expose-gc', inRepository('services', 'launcher', 'dist', 'start.js')], {
    env: { ...process.env, HUB_DATA: dataDirectory, HUB_PORT: '0', HUB_SUBGRAPHS: way },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(launcher, 'exit');
  const stop = async () => {
    launcher.kill('SIGTERM');
    await ended;
  };
  try {
    const url = await Promise.race([addressFrom(launcher.stdout), ended.then(() => undefined)]);
    if (!url) throw new Error('The hub did not start.');
    const claims = { role: 'COMMITTEE', division: '220104' } as const;
    const authorization = `Bearer ${await signToken(await installationKey(dataDirectory), claims)}`;
    const { status } = await ask(`${url}/graphql`, {
      authorization,
      body: JSON.stringify({ query: '{ organisations { totalCount } }' }),
    });
    if (status !== 200) throw new Error(`The hub's first answer has status ${status}.`);
    return { pid: launcher.pid!, seconds: (performance.now() - since) / 1000, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address in the line that says the hub is ready. */
async function addressFrom(output: NodeJS.ReadableStream): Promise<string | undefined> {
  let printed = '';
  for await (const chunk of output) {
    printed += chunk;
    const found = /^Hub ready at (\S+)$/m.exec(printed)?.[1];
    if (found) {
      output.resume();
      return found;
    }
  }
  return undefined;
}

/** Over nothing, then again over what that left. */
async function startOfHub(way: keyof Starts): Promise<Start> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-bench-start-'));
  try {
    const first = await firstAnswer(dataDirectory, way);
    await first.stop();
    const second = await firstAnswer(dataDirectory, way);
    await pause(30_000);
    const idle = await memoryOfTree(second.pid);
    await second.stop();
    return { fresh: first.seconds, again: second.seconds, idle };
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

export type Starts = Record<'apart' | 'together', Start>;

/** Starts the hub with its subgraphs apart, as by itself, and together in one process. */
export async function startsOfHub(say: (line: string) => void): Promise<Starts> {
  const startWith = async (way: keyof Starts) => {
    const start = await startOfHub(way);
    const { fresh, again, idle } = start;
    say(`start, subgraphs ${way}: fresh ${fresh.toFixed(1)} s, again ${again.toFixed(1)} s; idle ${idle.toFixed(0)} MB`);
    return start;
  };
  return { apart: await startWith('apart'), together: await startWith('together') };
}
