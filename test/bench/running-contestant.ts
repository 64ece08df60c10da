import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@hub/launcher/free-port';
import { type Asked, ask } from './ask.ts';
import type { Contestant } from './contestants.ts';
import type { World } from './worlds/world.ts';

export interface Running {
  pid: number;
  url: string;
  stop(): Promise<void>;
}

const patience = 30_000;

/** Starts one contestant alone as a process of its own; answers when it answers. */
export async function startContestant(contestant: Contestant, world: World, asked: Asked): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'));
  const port = await freePort('127.0.0.1');
  const { program, args, env } = await contestant.command({ world, folder, port });
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      printed = `${printed}${chunk}`.slice(-4_000);
    });
  let ended: string | undefined;
  const over = once(child, 'exit').then(
    ([code, signal]) => {
      ended = `ended with ${signal ?? `code ${code}`}`;
    },
    error => {
      ended = String(error);
    },
  );
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([over, pause(5_000, undefined, { ref: false })]);
    if (!ended) child.kill('SIGKILL');
    await over;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/graphql`;
  for (const since = performance.now(); ; await pause(50)) {
    const status = await ask(url, { ...asked, body: '{"query":"{ __typename }"}' }).then(
      answer => answer.status,
      () => 0,
    );
    // The floor knows no GraphQL; that it answers is enough.
    if (status === 200) return { pid: child.pid!, url, stop };
    if (!ended && performance.now() - since < patience) continue;
    await stop();
    throw new Error(`does not start: ${ended ?? `no answer in ${patience / 1000} s`}: ${lastWords(printed)}`);
  }
}

/** The end of what it printed, on one line and without colours. */
const lastWords = (printed: string) =>
  printed
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
    .replace(/\u001b\[[\d;]*[A-Za-z]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(-300);
