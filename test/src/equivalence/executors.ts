import '@hub/gateway/no-telemetry';
import { ApolloGateway } from '@apollo/gateway';
import { namesOfKeys, underClientNames, withOwnNames } from '@hub/gateway/executor/client-names';
import { type Execute, makeExecutor, type Sender } from '@hub/gateway/executor/executor';
import type { GraphQLSchema } from 'graphql';
import { type FakeSubgraph, fakeSubgraphs } from './fake-subgraph.ts';
import type { Federation } from './federation.ts';

/** The way to the subgraphs, which is another for each operation. */
export interface Route {
  to: (subgraph: string) => Sender;
}

/** One federation, and the two executors that are to answer alike. */
export interface Contest {
  federation: Federation;
  schema: GraphQLSchema;
  fakes: Record<string, FakeSubgraph>;
  apollo: { execute: Execute; route: Route };
  own: { execute: Execute; route: Route };
}

export async function openContest(federation: Federation): Promise<Contest> {
  const { name, supergraphSdl, subgraphs } = federation;
  const routes = { apollo: unset(name), own: unset(name) };
  const gateway = new ApolloGateway({ supergraphSdl, buildService: ({ name: subgraph }) => dataSource(subgraph, routes.apollo) });
  await gateway.load();
  const source = (subgraph: string): Sender => ({ send: call => routes.own.to(subgraph).send(call) });
  return {
    federation,
    schema: gateway.schema!,
    fakes: fakeSubgraphs(subgraphs),
    apollo: { execute: underOwnNames(gateway.executor as Execute, supergraphSdl), route: routes.apollo },
    own: { execute: makeExecutor({ supergraphSdl, source }), route: routes.own },
  };
}

/**
 * Apollo's executor takes a client's alias for the key it has the name of: both are compared on operations in which none has. That an answer
 * does not depend on aliases is held by tests of its own (gateway/src/executor/entities.test.ts).
 */
function underOwnNames(execute: Execute, supergraphSdl: string): Execute {
  const keys = namesOfKeys(supergraphSdl);
  return async context => {
    const document = withOwnNames(context.document, keys);
    if (!document) return execute(context);
    return underClientNames(await execute({ ...context, document, queryHash: `${context.queryHash} under own names` }));
  };
}

const unset = (name: string): Route => ({
  to: () => {
    throw new Error(`no operation is under way in ${name}`);
  },
});

/** Apollo's view of a sender: the request as an object, the answer as it is. */
const dataSource = (subgraph: string, route: Route) => ({
  process: async ({ request: { query, variables, operationName }, context }: any) =>
    (await route.to(subgraph).send({
      body: JSON.stringify({ query, variables, operationName }),
      isMutation: query.startsWith('mutation'),
      caller: context,
    })) as any,
});
