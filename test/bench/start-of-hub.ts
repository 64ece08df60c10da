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

/** Over nothing, then again over what that left. */
async function startOfHub(): Promise<Start> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-bench-start-'));
  try {
    const first = await firstAnswer(dataDirectory);
    await first.hub.stop();
    const second = await firstAnswer(dataDirectory);
    await pause(30_000);
    const idle = await memoryOfTree(process.pid);
    await second.hub.stop();
    return { fresh: first.seconds, again: second.seconds, idle };
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

export type Starts = Record<'apart' | 'together', Start>;

/** Starts the hub with its subgraphs apart, as by itself, and together in one process. The launcher is this process. */
export async function startsOfHub(say: (line: string) => void): Promise<Starts> {
  const startWith = async (way: keyof Starts) => {
    process.env.HUB_SUBGRAPHS = way;
    const start = await startOfHub();
    delete process.env.HUB_SUBGRAPHS;
    const { fresh, again, idle } = start;
    say(`start, subgraphs ${way}: fresh ${fresh.toFixed(1)} s, again ${again.toFixed(1)} s; idle ${idle.toFixed(0)} MB`);
    return start;
  };
  return { apart: await startWith('apart'), together: await startWith('together') };
}
