import { session } from '@hub/kit/slice';
import { type Asked, ask } from './ask.ts';
import type { Contestant } from './contestants.ts';
import { inPeers } from './install-peers.ts';
import type { Loader } from './loader.ts';
import { type Measured, measure, median } from './measure.ts';
import { startContestant } from './running-contestant.ts';
import type { Settings } from './settings.ts';
import { viewers } from './work.ts';
import type { World } from './worlds/world.ts';

/** A list of one subgraph, by the hub and as PostGraphile names the same. */
interface List {
  title: string;
  subgraph: string;
  hub: string;
  postgraphile: string;
}

const lists: List[] = [
  {
    title: '105 organisations × 10',
    subgraph: 'organisations',
    hub: '{ list: organisations(first: 200) { nodes { id version creditCode legalName shortName kind industry isKey registeredOn address } } }',
    postgraphile:
      '{ list: allOrganisations(first: 200, orderBy: [SORT_KEY_ASC, ROW_ID_ASC]) { nodes { id: rowId version creditCode legalName shortName kind industry isKey registeredOn address } } }',
  },
  {
    title: '200 pieces of content × 7',
    subgraph: 'campaigns',
    hub: '{ list: contentItems(first: 200) { nodes { id version kind title url publishedOn theme } } }',
    postgraphile:
      '{ list: allContentItems(first: 200, orderBy: [PUBLISHED_ON_DESC, ROW_ID_DESC]) { nodes { id: rowId version kind title url publishedOn theme } } }',
  },
];

/** One list a second, by the whole hub and by PostGraphile over the same database under the same policies. */
export interface Beside {
  title: string;
  hub: Measured;
  postgraphile: Measured;
}

/** In the slice of the city, whoever asks: it verifies no token, which the hub does. */
const postgraphile = (subgraph: string): Contestant => ({
  key: 'postgraphile',
  name: 'PostGraphile',
  package: 'postgraphile',
  command: async ({ world, port }) => ({
    program: process.execPath,
    args: [inPeers('postgraphile.js')],
    env: {
      BENCH_DATABASE: world.databases![subgraph]!,
      BENCH_SETTINGS: JSON.stringify(
        session({ ...viewers.city, actor: 'bench', scopes: new Set() }, { requestId: 'bench' }).variables,
      ),
      PORT: String(port),
    },
  }),
});

const rowsOf = (text: string): { id: string }[] => JSON.parse(text).data.list.nodes;

/** The middle round by answers a second. */
const middle = (rounds: Measured[]) =>
  rounds.find(({ perSecond }) => perSecond === median(rounds.map(each => each.perSecond))) ?? rounds[0]!;

/** Both in turn; their answers must be the same rows in the same order. */
export async function besidePostgraphile(
  world: World,
  hub: Contestant,
  loader: Loader,
  authorization: string,
  settings: Settings,
): Promise<Beside[]> {
  const found: Beside[] = [];
  for (const list of lists) {
    const rounds: Record<'hub' | 'postgraphile', Measured[]> = { hub: [], postgraphile: [] };
    const answers = new Set<string>();
    for (let round = 0; round < settings.rounds; round++)
      for (const contestant of [hub, postgraphile(list.subgraph)]) {
        const key = contestant.key as keyof typeof rounds;
        const asked: Asked = { authorization, body: JSON.stringify({ query: list[key] }) };
        const running = await startContestant(contestant, world, asked);
        try {
          answers.add(JSON.stringify(rowsOf((await ask(running.url, asked)).text)));
          rounds[key].push(await measure(running, world, { query: list[key], viewer: 'city' }, loader, settings));
        } finally {
          await running.stop();
        }
      }
    if (answers.size > 1)
      throw new Error(
        `${list.title}: PostGraphile answers otherwise: ${[...answers].map(text => text.slice(0, 300)).join('\n')}`,
      );
    found.push({ title: list.title, hub: middle(rounds.hub), postgraphile: middle(rounds.postgraphile) });
  }
  return found;
}
