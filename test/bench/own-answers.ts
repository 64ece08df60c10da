import { type Asked } from './ask.ts';
import type { Contestant } from './contestants.ts';
import type { Step } from './fetches.ts';
import type { Loader } from './loader.ts';
import { startContestant } from './running-contestant.ts';
import { bodyOf, type Work, works } from './work.ts';
import type { World } from './worlds/world.ts';

/** Milliseconds, p95, one request at a time. */
export interface Latency {
  dashboard: number;
  slowestSubgraph: number;
  subgraph: string;
}

/** The county dashboard beside each of its fetches asked of the subgraph alone. */
export async function ownAnswers(
  world: World,
  hub: Contestant,
  fetches: Map<string, Step[]>,
  loader: Loader,
  asked: (work: Work) => Promise<Asked>,
  seconds: number,
): Promise<Latency> {
  const work = works.find(({ key }) => key === 'b')!;
  const alone = { viewer: work.viewer, connections: 1 };
  const running = await startContestant(hub, world, await asked(work));
  const task = { ...alone, url: running.url, body: bodyOf(work) };
  await loader.load({ ...task, seconds });
  const { p95: dashboard } = await loader.load({ ...task, seconds });
  await running.stop();
  let [slowestSubgraph, subgraph] = [0, ''];
  for (const fetch of fetches.get(work.query)!.flat()) {
    const { p95 } = await loader.load({ ...alone, url: fetch.origin + fetch.path, body: fetch.body, seconds: seconds / 3 });
    if (p95 > slowestSubgraph) [slowestSubgraph, subgraph] = [p95, fetch.subgraph];
  }
  return { dashboard, slowestSubgraph, subgraph };
}
