import type { ApolloGateway } from '@apollo/gateway';
import type {
  GatewayApolloConfig,
  GatewayInterface,
  GatewayLoadResult,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import type { Execute } from './executor.ts';

/** Behind Apollo Server: Apollo's gateway loads, validates and reloads; each class of this kind says how operations are executed. */
export abstract class OverApollo implements GatewayInterface {
  abstract readonly executor: Execute;

  constructor(protected readonly gateway: ApolloGateway) {}

  get schema(): GraphQLSchema | undefined {
    return this.gateway.schema;
  }

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
