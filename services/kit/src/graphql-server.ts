import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Operation, Request } from './execute.ts';
import { formatError } from './format-error.ts';

/**
 * Says that every value of an answer was completed by the schema and nothing failed: the gateway may then pass its bytes on
 * (clean-answer.ts there).
 */
const sayClean: ApolloServerPlugin<Request> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body, http } }) => {
      if (body.kind === 'single' && body.singleResult.data && !body.singleResult.errors) http.headers.set('x-hub-clean', '1');
    },
  }),
};

/** Whatever ends an operation before, in or after its transaction is an answer with a code: to Apollo Server it would be a fault of its own. */
const asAnswer = (error: unknown): ExecutionResult => ({
  errors: [
    error instanceof GraphQLError
      ? error
      : new GraphQLError((error as Error)?.message ?? String(error), { originalError: error as Error }),
  ],
});

/** Apollo Server in front of an executor of ours; to be started. */
export function graphqlServer(
  schema: GraphQLSchema,
  execute: (request: Request, operation: Operation) => Promise<ExecutionResult>,
): ApolloServer<Request> {
  // Apollo Server's own seam for "execute it yourself": one async function sees the whole operation and its whole answer.
  const gateway: GatewayInterface = {
    load: async () => ({
      executor: ({ document, operation, request, context }) =>
        execute(context as Request, { document, operation, variables: request.variables }).catch(asAnswer) as never,
    }),
    onSchemaLoadOrUpdate: notify => {
      notify({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: async () => undefined,
  };
  return new ApolloServer<Request>({
    gateway,
    formatError,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    introspection: true,
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled(), sayClean],
  });
}
