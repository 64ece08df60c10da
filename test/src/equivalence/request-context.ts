import { hash } from 'node:crypto';
import type { Execute } from '@hub/gateway/executor/executor';
import { type GraphQLSchema, getOperationAST, parse } from 'graphql';
import type { ClientOperation } from './generated-operation.ts';

type RequestContext = Parameters<Execute>[0];

/** What Apollo Server gives an executor, as far as one looks at it. */
export function requestContext(schema: GraphQLSchema, { query, variables, operationName }: ClientOperation): RequestContext {
  const document = parse(query);
  return {
    request: { query, variables, ...(operationName && { operationName }) },
    document,
    operation: getOperationAST(document, operationName),
    operationName: operationName ?? null,
    source: query,
    queryHash: hash('sha256', query),
    schema,
    context: {
      authorization: 'Bearer somebody',
      requestId: 'equivalence',
      deadline: Date.now() + 60_000,
      departure: new AbortController().signal,
      sql: { statements: 0 },
      asked: { document: 'free' },
    },
    metrics: {},
    logger: console,
  } as unknown as RequestContext;
}
