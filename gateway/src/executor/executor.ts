import { ERRORS } from '@apollo/federation-internals';
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { GraphQLError, getOperationAST, getVariableValues } from 'graphql';
import type { Caller } from '../caller.ts';
import type { Completion } from './completers.ts';
import type { Execution, Sender } from './execution.ts';
import { introspect } from './introspect.ts';
import { Lru } from './lru.ts';
import { type CompiledOperation, compileOperation } from './operation.ts';
import { planning } from './planning.ts';
import { subtypesOf } from './subtypes.ts';

export type { Sender, SubgraphAnswer } from './execution.ts';

/** What a plan is executed with. */
export interface ExecutorOptions {
  supergraphSdl: string;
  /** The way to a subgraph by its name in the supergraph. */
  source: (subgraph: string) => Sender;
  /** Compiled operations kept at a time. */
  operations?: number;
}

/** Answers one operation of a client. */
export type Execute = (context: GatewayGraphQLRequestContext) => Promise<GatewayExecutionResult>;

/**
 * The executor of a supergraph: plans are Apollo's, and everything about an operation that is the same each time is made once.
 * What it answers is what `@apollo/gateway` would answer, errors and all.
 */
export function makeExecutor({ supergraphSdl, source, operations = 1_000 }: ExecutorOptions): Execute {
  const plans = planning(supergraphSdl);
  const isSubtype = subtypesOf(plans.supergraphSchema);
  const compiled = new Lru<CompiledOperation>(operations);

  return async context => {
    const { document, queryHash, schema } = context;
    const { operationName, variables = {} } = context.request;
    const caller = context.context as Caller;
    const definition = getOperationAST(document, operationName || undefined);
    if (!definition) throw ERRORS.INVALID_GRAPHQL.err('The document has no such operation.');
    if (definition.variableDefinitions?.length) {
      const { errors } = getVariableValues(schema, definition.variableDefinitions, variables);
      if (errors?.length) return { errors };
    }
    const key = operationName ? `${queryHash} ${operationName}` : queryHash;
    let operation = compiled.get(key);
    if (!operation) {
      operation = compileOperation(plans, isSubtype, document, definition);
      compiled.set(key, operation);
    }
    if (caller.isRehearsal) return { data: null };
    const execution: Execution = { caller, variables, source, root: Object.create(null), errors: [] };
    await operation.fetch?.(execution, execution.root);
    const completion: Completion = {
      path: [],
      errors: [],
      introspect: field => introspect(schema, field, definition, variables),
    };
    return completed(operation, execution, completion);
  };
}

function completed(
  operation: CompiledOperation,
  { root, variables, errors }: Execution,
  completion: Completion,
): GatewayExecutionResult {
  try {
    const data = operation.shape(variables)(root, completion);
    if (errors.length > 0) return { errors: errors as GraphQLError[], data };
    return completion.errors.length > 0 ? { extensions: { valueCompletion: completion.errors }, data } : { data };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    return { errors: [new GraphQLError((error as Error).message, { originalError: error as Error })] };
  }
}
