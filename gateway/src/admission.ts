import type { ApolloServerPlugin } from '@apollo/server';
import { assertConditions } from './assert-conditions.ts';
import type { Caller } from './caller.ts';
import { type Charge, costTold, type Spent, type Weigh } from './limits/charge.ts';
import type { Asked } from './limits/cost.ts';
import type { Loaded } from './loaded.ts';
import { noteChange } from './note-change.ts';

/**
 * Lets an operation in whose document is valid, or throws: conditions, scopes, cost, budget. On both ways through the gateway, that of the
 * server and that of known operations, so that no check can be forgotten on one.
 */
export type AdmitOperation = (asked: Asked, caller: Caller, present: Pick<Loaded, 'needs' | 'costs'>) => Spent;

export const admission =
  (charge: Charge): AdmitOperation =>
  (asked, caller, present) => {
    assertAllowed(asked, caller, present);
    return charge(asked, present.costs, caller.viewer);
  };

/** For what the gateway sends of itself, the calls of an import: it is bounded by its own route. */
function assertAllowed(asked: Asked, caller: Caller, { needs }: Pick<Loaded, 'needs'>): void {
  const { document, operation, variables } = asked;
  assertConditions(document, operation, variables);
  noteChange(caller, document, operation, variables);
  needs.check(asked, caller.viewer);
}

/** Admits what the server is asked, before it is planned, and says in the answer what it cost and what is left. */
export const admitOperations = (
  admit: AdmitOperation,
  weigh: Weigh,
  present: () => Pick<Loaded, 'needs' | 'costs'>,
): ApolloServerPlugin<Caller> => ({
  requestDidStart: async () => {
    let spent: Spent | undefined;
    return {
      didResolveOperation: async ({ document, operation, request, contextValue, schema }) => {
        if (!operation) return;
        const asked = { schema, document, operation, variables: request.variables ?? {} };
        if (request.http) spent = admit(asked, contextValue, present());
        else assertAllowed(asked, contextValue, present());
      },
      willSendResponse: async ({ response: { body, http }, contextValue }) => {
        if (!spent || body.kind !== 'single') return;
        const { cost, headers } = costTold(weigh(spent, contextValue));
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        for (const [name, value] of headers) http.headers.set(name, value);
      },
    };
  },
});
