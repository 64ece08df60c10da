import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { GraphQLError } from 'graphql';
import type { Caller } from '../caller.ts';

/** An answer, unless it is longer than an answer may be: then a refusal in its place. */
export function weighed(answer: GatewayExecutionResult, { bytes }: Caller, copiesAreKnown: boolean): GatewayExecutionResult {
  try {
    bytes.check(answer.data, copiesAreKnown);
    return answer;
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}
