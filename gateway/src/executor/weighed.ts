import type { ApolloGateway } from '@apollo/gateway';
import type {
  GatewayApolloConfig,
  GatewayExecutionResult,
  GatewayLoadResult,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import type { GraphQLError } from 'graphql';
import type { Caller } from '../caller.ts';
import type { Execute } from './executor.ts';
import type { ExecutingGateway } from './hub-gateway.ts';

/** An answer, unless it is longer than an answer may be: then a refusal in its place. */
export function weighed(answer: GatewayExecutionResult, { bytes }: Caller, copiesAreKnown: boolean): GatewayExecutionResult {
  try {
    bytes.check(answer.data, copiesAreKnown);
    return answer;
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}

/** Apollo's gateway with its own executor, whose answers are weighed as ours are: it does not say how often a part stands in one. */
export class WeighedGateway implements ExecutingGateway {
  constructor(private readonly gateway: ApolloGateway) {}

  get schema() {
    return this.gateway.schema;
  }

  readonly executor: Execute = async context => {
    const caller = context.context as Caller;
    const answer = await this.gateway.executor(context);
    return caller.isRehearsal ? answer : weighed(answer, caller, false);
  };

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
