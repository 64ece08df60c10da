// Which requests a gateway sends to its subgraphs: for the floor, and for how long each takes by itself.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SubgraphAt, World } from './worlds/world.ts';

export interface Fetch {
  subgraph: string;
  origin: string;
  path: string;
  body: string;
}

/** Fetches that went out together. */
export type Step = Fetch[];

interface Seen {
  fetch: Fetch;
  begun: number;
  done: number;
}

/** The same world with somebody in front of each subgraph who writes down what it is sent. */
export async function listeningWorld(world: World) {
  let seen: Seen[] = [];
  const servers = await Promise.all(world.subgraphs.map(subgraph => listener(subgraph, item => seen.push(item))));
  const subgraphs = world.subgraphs.map((subgraph, at) => ({ ...subgraph, url: servers[at]!.url }));
  const supergraphSdl = world.subgraphs.reduce(
    (sdl, { url }, at) => sdl.replaceAll(`${url}/graphql`, `${servers[at]!.url}/graphql`),
    world.supergraphSdl,
  );
  return {
    world: { ...world, subgraphs, supergraphSdl },
    /** What was sent since the last time. */
    take: (): Step[] => {
      const steps = stepsOf(seen);
      seen = [];
      return steps;
    },
    close: () => {
      for (const { server } of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function listener({ name, url }: SubgraphAt, note: (seen: Seen) => void) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const path = request.url ?? '/graphql';
    const begun = performance.now();
    const { authorization = '' } = request.headers;
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body,
    });
    const text = await answer.text();
    note({ fetch: { subgraph: name, origin: url, path, body }, begun, done: performance.now() });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    response.end(text);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A fetch belongs to the step after the last one whose answer it may have waited for. */
function stepsOf(seen: readonly Seen[]): Step[] {
  const steps: Step[] = [];
  const levels = new Map<Seen, number>();
  for (const item of seen.toSorted((a, b) => a.begun - b.begun)) {
    const before = [...levels].filter(([other]) => other.done <= item.begun).map(([, level]) => level);
    const level = Math.max(-1, ...before) + 1;
    levels.set(item, level);
    steps[level] ??= [];
    steps[level].push(item.fetch);
  }
  return steps;
}
