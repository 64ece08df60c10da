import type { ApolloGateway } from '@apollo/gateway';
import type {
  GatewayApolloConfig,
  GatewayInterface,
  GatewayLoadResult,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import { coalesced } from './coalesce.ts';
import type { Sender } from './execution.ts';
import { checked, type Execute, type Run, runner } from './executor.ts';

/** What stands behind Apollo Server, and has trusted documents planned. */
export interface ExecutingGateway extends GatewayInterface {
  readonly schema?: GraphQLSchema | undefined;
  readonly executor: Execute;
}

/**
 * Apollo's gateway with our executor in its place: loading, validation and reload stay Apollo's. An operation runs on the supergraph
 * that it was validated against, though another is loaded meanwhile; that goes when the last such operation is answered.
 */
export class HubGateway implements ExecutingGateway {
  readonly #runners = new WeakMap<GraphQLSchema, Run>();

  constructor(
    private readonly gateway: ApolloGateway,
    source: (subgraph: string) => Sender,
  ) {
    gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
      this.#runners.set(apiSchema, runner({ supergraphSdl: coreSupergraphSdl, source }));
    });
  }

  get schema(): GraphQLSchema | undefined {
    return this.gateway.schema;
  }

  /** For operations whose variables have been looked at. */
  readonly run: Run = coalesced(async context => {
    const run = this.#runners.get(context.schema);
    if (!run) throw new Error('The operation is of a schema that the gateway has not loaded.');
    return run(context);
  });

  readonly executor: Execute = checked(this.run);

  onSchemaLoadOrUpdate(callback: GatewaySchemaLoadOrUpdateCallback) {
    return this.gateway.onSchemaLoadOrUpdate(callback);
  }

  async load(options: { apollo: GatewayApolloConfig }): Promise<GatewayLoadResult> {
    await this.gateway.load(options);
    return { executor: this.executor };
  }

  stop(): Promise<void> {
    return this.gateway.stop();
  }
}
