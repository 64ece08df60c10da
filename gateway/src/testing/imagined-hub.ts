process.env.APOLLO_TELEMETRY_DISABLED = '1';

import { composeServices } from '@apollo/composition';
import { ApolloServer, type BaseContext } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { startGateway } from '../gateway.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import { executor } from './executor.ts';
import { resolvers, type Seen, typeDefs } from './places.ts';
import { verify } from './tokens.ts';

export const peopleTypeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Place @key(fields: "id") { id: ID! people: [String!] }
  type Query { peopleCount: Int }
  type Mutation { addPerson(name: String!): Int }
`;

const { supergraphSdl: composed, errors } = composeServices([
  { name: 'places', typeDefs: parse(typeDefs), url: 'http://unused' },
  { name: 'people', typeDefs: parse(peopleTypeDefs), url: 'http://unused' },
]);
if (!composed) throw new Error(String(errors));
export const supergraphSdl = composed;

async function serveSubgraph(app: FastifyInstance, definitions: string, root: any): Promise<string> {
  const server = new ApolloServer<BaseContext>({
    schema: buildSubgraphSchema([{ typeDefs: parse(definitions), resolvers: root }]),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    includeStacktraceInErrorResponses: true,
  });
  await server.start();
  app.get('/readyz', async () => ({ status: 'ready' }));
  app.route({ method: 'POST', url: '/graphql', handler: fastifyApolloHandler(server) });
  return await app.listen({ port: 0 });
}

export async function startPlaces() {
  const seen: Seen = { headers: [], staged: [], chunks: [], applied: [], ids: [] };
  const app = Fastify({ bodyLimit: 20_000_000, forceCloseConnections: true });
  app.addHook('onRequest', async request => {
    if (request.method === 'POST') seen.headers.push(request.headers);
  });
  const url = await serveSubgraph(app, typeDefs, resolvers(seen));
  return { url, seen, stop: () => app.close() };
}

export async function startPeople() {
  const app = Fastify({ forceCloseConnections: true });
  const url = await serveSubgraph(app, peopleTypeDefs, {
    Place: { __resolveReference: ({ id }: { id: string }) => ({ id, people: [`someone in ${id}`] }) },
    Query: { peopleCount: () => 3 },
    Mutation: { addPerson: () => 4 },
  });
  return { url, stop: () => app.close() };
}

/** A running gateway over two real subgraphs. */
export async function imaginedHub(options: Partial<GatewayOptions> = {}) {
  const places = await startPlaces();
  const people = await startPeople();
  const gateway = await startGateway({
    supergraphSdl,
    subgraphs: { places: places.url, people: people.url },
    verify,
    executor,
    ...options,
  });
  const stop = () => Promise.all([gateway.stop(), places.stop(), people.stop()]);
  return { gateway, url: gateway.url, operatorsUrl: gateway.operatorsUrl, seen: places.seen, places, people, stop };
}

export async function ask(url: string, query: string, headers: Record<string, string>, variables: object = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, ...((await response.json()) as { data?: any; errors?: any[] }) };
}
