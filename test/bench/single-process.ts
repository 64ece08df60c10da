import { isDeepStrictEqual } from 'node:util';
import { session } from '@hub/kit/slice';
import { type Asked, ask } from './ask.ts';
import type { Contestant } from './contestants.ts';
import { inPeers } from './install-peers.ts';
import type { Loader } from './loader.ts';
import { type Measured, measure, median } from './measure.ts';
import { createFunctions } from './postgraphile-functions.ts';
import { type Comparison, comparisons } from './postgraphile-queries.ts';
import { type Running, startContestant } from './running-contestant.ts';
import type { Settings } from './settings.ts';
import { type Sent, viewers } from './work.ts';
import type { World } from './worlds/world.ts';

/** The same answered by the whole hub and by PostGraphile over the same databases under the same policies. */
export interface Beside {
  title: string;
  databases: number;
  /** The goal: the hub's answers a second, as a share of PostGraphile's. */
  share: number;
  hub: Measured;
  postgraphile: Measured;
}

/** In the slice of one viewer, whoever asks: it verifies no token, which the hub does. */
const postgraphile = ({ subgraphs: [main, ...others], viewer }: Comparison): Contestant => ({
  key: 'postgraphile',
  name: 'PostGraphile',
  package: 'postgraphile',
  command: async ({ world: { databases }, port }) => {
    const urlOf = (subgraph: string) => databases![subgraph]!.databaseUrl;
    const { variables } = session({ ...viewers[viewer], actor: 'bench', scopes: new Set() }, { requestId: 'bench' });
    return {
      program: process.execPath,
      args: [inPeers('postgraphile.js')],
      env: {
        BENCH_DATABASES: JSON.stringify({ main: urlOf(main), ...Object.fromEntries(others.map(name => [name, urlOf(name)])) }),
        BENCH_SETTINGS: JSON.stringify(variables),
        PORT: String(port),
      },
    };
  },
});

/**
 * What is answered, however it is written: PostGraphile has beside the division what the hub has below it, writes the moment `startsAt`
 * with microseconds and an offset, and the decimal `amount` as a text. Nothing else is made alike.
 */
function answered(text: string) {
  const written = (key: string, value: unknown) => {
    if (key === 'startsAt') return Date.parse(value as string);
    return key === 'amount' && value !== null ? Number(value) : value;
  };
  const { data, errors } = JSON.parse(text, written);
  if (errors) return { errors };
  const { division, ...others } = data;
  return { ...division, ...others };
}

async function alone<T>(contestant: Contestant, world: World, asked: Asked, use: (running: Running) => Promise<T>): Promise<T> {
  const running = await startContestant(contestant, world, asked);
  try {
    return await use(running);
  } finally {
    await running.stop();
  }
}

/** The middle round by answers a second. */
const middle = (rounds: Measured[]) =>
  rounds.find(({ perSecond }) => perSecond === median(rounds.map(each => each.perSecond))) ?? rounds[0]!;

/** Both in turn, once they have answered the same rows in the same order. */
export async function besidePostgraphile(
  world: World,
  hub: Contestant,
  loader: Loader,
  asked: (sent: Sent) => Promise<Asked>,
  settings: Settings,
): Promise<Beside[]> {
  await createFunctions(world);
  const found: Beside[] = [];
  for (const comparison of comparisons) {
    const { title, subgraphs, viewer, share } = comparison;
    const both = [
      { contestant: hub, sent: { ...comparison.hub, viewer }, rounds: [] as Measured[] },
      { contestant: postgraphile(comparison), sent: { ...comparison.postgraphile, viewer }, rounds: [] as Measured[] },
    ] as const;
    const texts: string[] = [];
    for (const { contestant, sent } of both) {
      const own = await asked(sent);
      texts.push((await alone(contestant, world, own, ({ url }) => ask(url, own))).text);
    }
    if (!isDeepStrictEqual(answered(texts[0]!), answered(texts[1]!)))
      throw new Error(`${title}: PostGraphile answers otherwise: ${texts.map(text => text.slice(0, 300)).join('\n')}`);
    for (let round = 0; round < settings.rounds; round++)
      for (const { contestant, sent, rounds } of both)
        rounds.push(
          await alone(contestant, world, await asked(sent), running => measure(running, world, sent, loader, settings)),
        );
    const [mine, theirs] = both.map(({ rounds }) => middle(rounds)) as [Measured, Measured];
    found.push({ title, databases: subgraphs.length, share, hub: mine, postgraphile: theirs });
  }
  return found;
}
