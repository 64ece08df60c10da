import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import { coalesced } from './coalesce.ts';
import type { Sender } from './execution.ts';
import { checked, type Execute, type Run, runner } from './executor.ts';
import { OverApollo } from './over-apollo.ts';

/**
 * Apollo's gateway with our executor in its place: loading, validation and reload stay Apollo's. An operation runs on the supergraph
 * that it was validated against, though another is loaded meanwhile; that goes when the last such operation is answered.
 */
export class HubGateway extends OverApollo {
  readonly #runners = new WeakMap<GraphQLSchema, Run>();

  constructor(gateway: ApolloGateway, source: (subgraph: string) => Sender) {
    super(gateway);
    gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
      this.#runners.set(apiSchema, runner({ supergraphSdl: coreSupergraphSdl, source }));
    });
  }

  /** For operations whose variables have been looked at. */
  readonly run: Run = coalesced(async context => {
    const run = this.#runners.get(context.schema);
    if (!run) throw new Error('The operation is of a schema that the gateway has not loaded.');
    return run(context);
  });

  readonly executor: Execute = checked(this.run);
}
