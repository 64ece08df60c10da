import type { ApolloServerPlugin } from '@apollo/server';
import { HubError } from '@hub/kit/errors';
import { assertConditions } from './assert-conditions.ts';
import type { Caller } from './caller.ts';
import { noteChange } from './note-change.ts';

/** Refuses a request that names no operation there is: a gateway's executor takes that for a fault of its own. */
export const requireOperation: ApolloServerPlugin<Caller> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, schema, document, request, contextValue }) => {
      if (!operation)
        throw new HubError('INVALID_INPUT', 'operationName must name one of the operations; without it there must be only one.');
      if (!schema.getRootType(operation.operation))
        throw new HubError('INVALID_INPUT', `The hub has no ${operation.operation} operations.`);
      assertConditions(document, operation, request.variables ?? {});
      noteChange(contextValue, document, operation, request.variables ?? {});
    },
  }),
};
