import type { ApolloServerPlugin } from '@apollo/server';
import { HubError } from '@hub/kit/errors';
import type { Caller } from './caller.ts';

/** Refuses a request that names no operation there is: a gateway's executor takes that for a fault of its own. */
export const requireOperation: ApolloServerPlugin<Caller> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, schema }) => {
      if (!operation)
        throw new HubError('INVALID_INPUT', 'operationName must name one of the operations; without it there must be only one.');
      if (!schema.getRootType(operation.operation))
        throw new HubError('INVALID_INPUT', `The hub has no ${operation.operation} operations.`);
    },
  }),
};
