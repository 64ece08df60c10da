process.env.APOLLO_TELEMETRY_DISABLED = '1';

import { createHash } from 'node:crypto';
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { getOperationAST, parse } from 'graphql';
import type { Caller } from '../caller.ts';
import { type Execute, makeExecutor, type SubgraphAnswer } from '../executor/executor.ts';
import { AnswerBytes } from '../limits/answer-bytes.ts';
import { Work } from '../limits/work.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@interfaceObject"])';

/** Goods of several kinds, where they are stored and who sells them: a supergraph with every shape a plan can have. */
export const subgraphs = {
  goods: `${link}
    scalar JSON
    enum Binding { HARD SOFT }
    interface Good @key(fields: "id") { id: ID! name: String price: Int! }
    type Book implements Good @key(fields: "id") {
      id: ID! name: String price: Int! binding: Binding pages: Int weight: Float isUsed: Boolean extra: JSON
      size: Size! sizes: [Size!] title: String! chapters: [[Chapter!]] sequel: Book
    }
    type Tool implements Good @key(fields: "id") { id: ID! name: String price: Int! power: String }
    type Size { width: Int height: Int }
    type Chapter { title: String pages: Int! }
    union Find = Book | Tool
    type Query { goods(first: Int = 3): [Good] finds: [Find!]! book(id: ID!): Book books: [Book!] strict: [Book!]! }
    type Mutation { rename(id: ID!, name: String!): Book remove(id: ID!): Boolean }
  `,
  store: `${link}
    interface Good { id: ID! code: String }
    type Book implements Good @key(fields: "id") {
      id: ID! code: String! size: Size! @external sizes: [Size!] @external
      shelf: String @requires(fields: "size { width height }") crates: Int @requires(fields: "sizes { width }") seller: Seller
    }
    type Tool implements Good @key(fields: "id") { id: ID! code: String shelf: String seller: Seller }
    type Size { width: Int @external height: Int @external }
    type Seller @key(fields: "country { code } number") { country: Country! number: Int! }
    type Country { code: String! }
    type Query { shelves: Int }
    type Mutation { restock(id: ID!): Int }
  `,
  ratings: `${link}
    type Good @key(fields: "id") @interfaceObject { id: ID! stars: Int alike: [Good] }
    type Query { best: [Good] }
  `,
  sellers: `${link}
    type Seller @key(fields: "country { code } number") { country: Country! number: Int! name: String! rating(of: Int): Int motto: String }
    type Country { code: String! }
    type Query { sellers: [Seller] }
  `,
};

const composed = composeServices(
  Object.entries(subgraphs).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: 'http://unused' })),
);
if (!composed.supergraphSdl) throw new Error(String(composed.errors));
export const marketSdl = composed.supergraphSdl;

export interface Asked {
  query: string;
  variables: Record<string, any>;
}

/** What each subgraph answers. */
export type Market = Partial<Record<keyof typeof subgraphs, (asked: Asked) => SubgraphAnswer | Promise<SubgraphAnswer>>>;

/** An executor, and everything it has sent. */
export interface Stand {
  execute: Execute;
  schema: NonNullable<ApolloGateway['schema']>;
  sent: { subgraph: string; asked: Asked; isMutation: boolean }[];
}

const answer = async (market: Market, subgraph: string, asked: Asked): Promise<SubgraphAnswer> =>
  JSON.parse(JSON.stringify((await market[subgraph as keyof Market]?.(asked)) ?? { data: null }));

/** Our executor and Apollo's over the same market. */
export async function stands(market: Market): Promise<{ hub: Stand; apollo: Stand }> {
  const [hubSent, apolloSent]: Stand['sent'][] = [[], []];
  const gateway = new ApolloGateway({
    supergraphSdl: marketSdl,
    buildService: ({ name }) => ({
      process: async ({ request: { query = '', variables = {} } }) => {
        const asked = JSON.parse(JSON.stringify({ query, variables }));
        apolloSent!.push({ subgraph: name, asked, isMutation: query.startsWith('mutation') });
        return answer(market, name, asked);
      },
    }),
  });
  await gateway.load();
  const execute = makeExecutor({
    supergraphSdl: marketSdl,
    source: name => ({
      send: ({ body, isMutation }) => {
        const asked = JSON.parse(body);
        hubSent!.push({ subgraph: name, asked, isMutation });
        return answer(market, name, asked);
      },
    }),
  });
  const schema = gateway.schema!;
  return {
    hub: { execute, schema, sent: hubSent! },
    apollo: { execute: gateway.executor, schema, sent: apolloSent! },
  };
}

/** Somebody who waits ten seconds. */
export const somebody = (overrides: Partial<Caller> = {}): Caller => ({
  authorization: 'Bearer any',
  requestId: 'r1',
  viewer: { actor: 'any', role: 'COMMITTEE', division: '220102', scopes: new Set() },
  deadline: Date.now() + 10_000,
  gone: new AbortController().signal,
  departure: new AbortController().signal,
  work: new Work(),
  bytes: new AnswerBytes(16 * 1024 * 1024),
  sql: { statements: 0 },
  asked: { document: 'free' },
  ...overrides,
});

export function askStand(
  { execute, schema }: Stand,
  query: string,
  variables: Record<string, unknown> = {},
  { caller = somebody(), operationName }: { caller?: Caller; operationName?: string } = {},
): Promise<GatewayExecutionResult> {
  const document = parse(query);
  const context = {
    request: { query, variables, ...(operationName && { operationName }) },
    document,
    source: query,
    queryHash: createHash('sha256').update(query).digest('hex'),
    schema,
    operation: getOperationAST(document, operationName),
    context: caller,
    metrics: {},
    logger: console,
  };
  return execute(context as unknown as GatewayGraphQLRequestContext);
}

/** Asks both executors, holds ours to Apollo's, and gives what a client would read. */
export async function askMarket(market: Market, query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const { hub, apollo } = await stands(market);
  const expected = JSON.stringify(await askStand(apollo, query, variables), null, 1);
  // The second time, it is compiled.
  for (let i = 0; i < 2; i++) {
    const text = JSON.stringify(await askStand(hub, query, variables), null, 1);
    if (text !== expected) throw new Error(`Apollo's executor answers\n${expected}\nand ours\n${text}`);
  }
  return JSON.parse(expected);
}
