import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startHub } from '@hub/launcher/start-hub';
import { ask } from './ask.ts';
import { memoryOfTree } from './process-usage.ts';

/** Seconds to the first answered query, and MB of all processes half a minute later. */
export interface Start {
  fresh: number;
  again: number;
  idle: number;
}

async function firstAnswer(dataDirectory: string) {
  const since = performance.now();
  const hub = await startHub({ dataDirectory, port: 0 });
  const authorization = `Bearer ${await hub.token({ role: 'COMMITTEE', division: '220104' })}`;
  const { status } = await ask(`${hub.url}/graphql`, {
    authorization,
    body: JSON.stringify({ query: '{ organisations { totalCount } }' }),
  });
  if (status !== 200) throw new Error(`The hub's first answer has status ${status}.`);
  return { hub, seconds: (performance.now() - since) / 1000 };
}

/** Starts the hub over nothing, then again over what it left. The launcher is this process. */
export async function startOfHub(say: (line: string) => void): Promise<Start> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-bench-start-'));
  try {
    const first = await firstAnswer(dataDirectory);
    await first.hub.stop();
    const second = await firstAnswer(dataDirectory);
    await pause(30_000);
    const idle = await memoryOfTree(process.pid);
    await second.hub.stop();
    say(`start: fresh ${first.seconds.toFixed(1)} s, again ${second.seconds.toFixed(1)} s; idle ${idle.toFixed(0)} MB`);
    return { fresh: first.seconds, again: second.seconds, idle };
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}
