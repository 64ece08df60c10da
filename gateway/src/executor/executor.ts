import { ERRORS } from '@apollo/federation-internals';
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { Lru } from '@hub/kit/lru';
import { GraphQLError, getOperationAST } from 'graphql';
import type { Caller } from '../caller.ts';
import { joined } from '../exchange.ts';
import { ChangeParts } from './change-parts.ts';
import { underClientNames } from './client-names.ts';
import type { Completion } from './completers.ts';
import type { Answer, Execution, Sender } from './execution.ts';
import { introspect } from './introspect.ts';
import { misfits } from './misfits.ts';
import { type CompiledOperation, compileOperation } from './operation.ts';
import { planning } from './planning.ts';
import { subtypesOf } from './subtypes.ts';
import { weighed } from './weighed.ts';

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

/** Answers one whose variables fit; what one subgraph says alone may stay bytes. */
export type Run = (context: GatewayGraphQLRequestContext) => Promise<Answer>;

/**
 * The executor of a supergraph: plans are Apollo's, and everything about an operation that is the same each time is made once.
 * What it answers is what `@apollo/gateway` would answer, errors and all.
 */
export function makeExecutor(options: ExecutorOptions): Execute {
  return checked(runner(options));
}

/** Looks at the variables first, and gives an answer as data. */
export const checked =
  (run: Run): Execute =>
  async context => {
    const { document, schema, request } = context;
    const definition = getOperationAST(document, request.operationName || undefined);
    if (!definition) throw ERRORS.INVALID_GRAPHQL.err('The document has no such operation.');
    const errors = misfits(schema, definition, request.variables);
    if (errors) return { errors };
    const { bytes, ...answer } = await run(context);
    return bytes ? JSON.parse(joined(bytes).toString()) : answer;
  };

export function runner({ supergraphSdl, source, operations = 1_000 }: ExecutorOptions): Run {
  const plans = planning(supergraphSdl);
  const isSubtype = subtypesOf(plans.supergraphSchema);
  const compiled = new Lru<string, CompiledOperation>(operations);

  return async context => {
    const { document, queryHash, schema } = context;
    const { operationName, variables = {} } = context.request;
    const caller = context.context as Caller;
    const definition = getOperationAST(document, operationName || undefined)!;
    const key = operationName ? `${queryHash} ${operationName}` : queryHash;
    let operation = compiled.get(key);
    if (!operation) {
      operation = compileOperation(plans, isSubtype, schema, document, definition);
      compiled.set(key, operation);
    }
    if (caller.isRehearsal) return { data: null };
    const { mayForward } = operation;
    const root = Object.create(null);
    const changes = new ChangeParts();
    const execution: Execution = { caller, variables, source, root, errors: [], changes, waiting: new Map(), mayForward };
    await operation.fetch?.(execution, execution.root);
    if (execution.bytes) return { bytes: execution.bytes };
    const completion: Completion = {
      path: [],
      errors: [],
      introspect: field => introspect(schema, field, definition, variables),
    };
    const answer = completed(operation, execution, completion);
    return weighed(operation.isRenamed ? underClientNames(answer) : answer, caller, true);
  };
}

function completed(
  operation: CompiledOperation,
  { root, variables, errors, changes }: Execution,
  completion: Completion,
): GatewayExecutionResult {
  try {
    const data = operation.shape(variables)(root, completion);
    if (errors.length > 0)
      return { errors: errors as GraphQLError[], data, ...(changes.told() && { extensions: changes.told() }) };
    return completion.errors.length > 0 ? { extensions: { valueCompletion: completion.errors }, data } : { data };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    return { errors: [new GraphQLError((error as Error).message, { originalError: error as Error })] };
  }
}
