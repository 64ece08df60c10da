import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Loader } from './loader.ts';
import { median } from './measure.ts';
import { cpuOf } from './process-usage.ts';
import type { Settings } from './settings.ts';
import { bodyOf, works } from './work.ts';

const ways = ['plain', 'hub'] as const;

/** CPU milliseconds of a subgraph for a list of 1,000 × 10, with no gateway before it. */
export type OwnList = Record<(typeof ways)[number], number>;

async function cpuOfList(way: string, loader: Loader, { warmSeconds, seconds, connections }: Settings): Promise<number> {
  const program = createRequire(import.meta.url).resolve('@hub/test/serve-articles');
  const child = fork(program, [way], { env: { ...process.env, NODE_ENV: 'production' } });
  const ended = once(child, 'exit');
  const [{ url }] = await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(new Error(`"${way}" ended.`)))]);
  const body = bodyOf(works.find(({ key }) => key === 'd')!);
  const load = (time: number) => loader.load({ url, body, viewer: 'county', connections, seconds: time });
  await load(warmSeconds);
  const before = await cpuOf([child.pid!]);
  const { requests, failures } = await load(seconds);
  if (failures || !requests) throw new Error(`The list served "${way}": ${requests} answers, ${failures} failed.`);
  const cpu = (await cpuOf([child.pid!])) - before;
  child.disconnect();
  await ended;
  return cpu / requests;
}

/** The list by Apollo Server with type-graphql as it comes, and as the hub's subgraphs serve, in turn. */
export async function ownList(loader: Loader, settings: Settings, say: (line: string) => void): Promise<OwnList> {
  const rounds: Record<string, number[]> = { plain: [], hub: [] };
  for (let round = 0; round < settings.rounds; round++)
    for (const way of ways) rounds[way]!.push(await cpuOfList(way, loader, settings));
  const [plain, hub] = ways.map(way => median(rounds[way]!)) as [number, number];
  say(`(d) by the subgraph alone: plain Apollo Server with type-graphql ${plain.toFixed(2)} ms, the hub's ${hub.toFixed(2)} ms`);
  return { plain, hub };
}
