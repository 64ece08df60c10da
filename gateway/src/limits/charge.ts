import type { ApolloServerPlugin } from '@apollo/server';
import { HubError } from '@hub/kit/errors';
import type { Caller } from '../caller.ts';
import type { Balance, Budget } from './budget.ts';
import { costOf } from './cost.ts';
import type { CostTable } from './cost-table.ts';

/** Measures an operation before it is planned, refuses what is too large or not covered, and says in the answer what is left. */
export const chargeOperations = (limit: number, present: () => CostTable, budget: Budget): ApolloServerPlugin<Caller> => ({
  requestDidStart: async () => {
    let spent: { operation: number; balance: Balance } | undefined;
    return {
      didResolveOperation: async ({ document, operation, request, contextValue, schema }) => {
        // What the gateway sends of itself, the calls of an import, is bounded by its own route.
        if (!operation || !request.http) return;
        const asked = { schema, document, operation, variables: request.variables ?? {} };
        // The work of answering at all.
        const cost = Math.max(1, costOf(asked, present()));
        if (!(cost <= limit)) {
          throw new HubError(
            'LIMIT_EXCEEDED',
            `This operation costs ${cost}; at most ${limit} is allowed. Ask for fewer rows (first, last) of lists inside lists, for fewer fields that hold objects, or split it.`,
            { reason: 'COST' },
          );
        }
        spent = { operation: cost, balance: budget.charge(contextValue.viewer, cost) };
      },
      willSendResponse: async ({ response: { body, http } }) => {
        if (!spent || body.kind !== 'single') return;
        const { limit, remaining, milliseconds } = spent.balance;
        const resetsAt = new Date(Date.now() + milliseconds).toISOString();
        body.singleResult.extensions = {
          ...body.singleResult.extensions,
          cost: { operation: spent.operation, remaining, resetsAt },
        };
        http.headers.set('ratelimit-limit', String(limit));
        http.headers.set('ratelimit-remaining', String(remaining));
        http.headers.set('ratelimit-reset', String(Math.ceil(milliseconds / 1000)));
      },
    };
  },
});
