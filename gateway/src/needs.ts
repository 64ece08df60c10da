import type { ApolloServerPlugin } from '@apollo/server';
import { Needs } from '@hub/kit/needs';
import { buildSchema } from 'graphql';
import type { Caller } from './caller.ts';

/** What the parts of a supergraph need; read from its SDL, as the API schema made of it says nothing of it. */
export const needsOf = (supergraphSdl: string): Needs => new Needs(buildSchema(supergraphSdl, { assumeValidSDL: true }));

/** Refuses what the token's scopes do not cover before it is planned; every subgraph checks its own part again. */
export const refuseWithoutScopes = (present: () => Needs): ApolloServerPlugin<Caller> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, operation, request, contextValue }) => {
      if (operation) present().check({ document, operation, variables: request.variables ?? {} }, contextValue.viewer.scopes);
    },
  }),
});
