import type { ApolloServerPlugin } from '@apollo/server';
import { HubError } from '@hub/kit/errors';
import type { Viewer } from '@hub/kit/viewer';
import type { Caller } from '../caller.ts';
import type { Balance } from './accounts.ts';
import type { Budget } from './budget.ts';
import { type Asked, costOf } from './cost.ts';
import type { CostTable } from './cost-table.ts';

/** What an operation cost its viewer. */
export interface Spent {
  operation: number;
  balance: Balance;
}

/** Takes from a viewer what an operation costs, or refuses it and takes nothing. */
export type Charge = (asked: Asked, table: CostTable, viewer: Viewer) => Spent;

/** Measures an operation before it is planned, refuses what is too large or not covered. */
export const charging =
  (limit: number, budget: Budget): Charge =>
  (asked, table, viewer) => {
    // The work of answering at all.
    const operation = Math.max(1, costOf(asked, table));
    if (!(operation <= limit)) {
      throw new HubError(
        'LIMIT_EXCEEDED',
        `This operation costs ${operation}; at most ${limit} is allowed. Ask for fewer rows (first, last) of lists inside lists, for fewer fields that hold objects, or split it.`,
        { reason: 'COST' },
      );
    }
    return { operation, balance: budget.charge(viewer, operation) };
  };

/** What an answer says of its cost: in its extensions, and in its headers. */
export function costTold({ operation, balance: { limit, remaining, milliseconds } }: Spent) {
  return {
    cost: { operation, remaining, resetsAt: new Date(Date.now() + milliseconds).toISOString() },
    headers: [
      ['ratelimit-limit', String(limit)],
      ['ratelimit-remaining', String(remaining)],
      ['ratelimit-reset', String(Math.ceil(milliseconds / 1000))],
    ] as const,
  };
}

/** Charges for operations, and says in the answer what is left. */
export const chargeOperations = (charge: Charge, present: () => CostTable): ApolloServerPlugin<Caller> => ({
  requestDidStart: async () => {
    let spent: Spent | undefined;
    return {
      didResolveOperation: async ({ document, operation, request, contextValue, schema }) => {
        // What the gateway sends of itself, the calls of an import, is bounded by its own route.
        if (!operation || !request.http) return;
        const asked = { schema, document, operation, variables: request.variables ?? {} };
        spent = charge(asked, present(), contextValue.viewer);
      },
      willSendResponse: async ({ response: { body, http } }) => {
        if (!spent || body.kind !== 'single') return;
        const { cost, headers } = costTold(spent);
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        for (const [name, value] of headers) http.headers.set(name, value);
      },
    };
  },
});
