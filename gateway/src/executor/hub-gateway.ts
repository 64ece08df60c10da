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
import { type Execute, makeExecutor } from './executor.ts';

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
  readonly #executors = new WeakMap<GraphQLSchema, Execute>();

  constructor(
    private readonly gateway: ApolloGateway,
    source: (subgraph: string) => Sender,
  ) {
    gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
      this.#executors.set(apiSchema, makeExecutor({ supergraphSdl: coreSupergraphSdl, source }));
    });
  }

  get schema(): GraphQLSchema | undefined {
    return this.gateway.schema;
  }

  readonly executor: Execute = coalesced(async context => {
    const execute = this.#executors.get(context.schema);
    if (!execute) throw new Error('The operation is of a schema that the gateway has not loaded.');
    return execute(context);
  });

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
