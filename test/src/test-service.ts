import type { Peers } from '@hub/kit/peer';
import { type Serving, serve } from '@hub/kit/serve';
import type { Subgraph } from '@hub/kit/subgraph';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { type Claims, testToken, verifyTestToken } from './test-tokens.ts';

export interface Answer<T = any> {
  data: T;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } & Record<string, unknown> }[];
  /** SQL statements the operation sent. */
  statements: number;
}

/** Sends one operation as a viewer, over HTTP. */
export async function ask(
  url: string,
  claims: Claims | string,
  query: string,
  variables: object = {},
  headers: object = {},
): Promise<Answer> {
  const token = typeof claims === 'string' ? claims : await testToken(claims);
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { ...((await response.json()) as Answer), statements: Number(response.headers.get('x-hub-statements')) };
}

export interface TestService extends Serving {
  database: TestDatabase;
  ask(claims: Claims | string, query: string, variables?: object, headers?: object): Promise<Answer>;
  /** Like ask, but fails the test on any error. */
  get(claims: Claims | string, query: string, variables?: object): Promise<any>;
}

/** A subgraph on its own HTTP port over a fresh database; stop it in afterAll. */
export async function testService(subgraph: Subgraph, peers: Peers = {}): Promise<TestService> {
  const database = await testDatabase(subgraph.name);
  const serving = await serve(subgraph, { databaseUrl: database.url, verify: verifyTestToken, peers });
  return {
    ...serving,
    database,
    ask: (claims, query, variables, headers) => ask(serving.url, claims, query, variables, headers),
    get: async (claims, query, variables) => {
      const { data, errors } = await ask(serving.url, claims, query, variables);
      if (errors) throw new Error(JSON.stringify(errors, null, 1));
      return data;
    },
    stop: async () => {
      await serving.stop();
      await database.drop();
    },
  };
}
