import { hash } from 'node:crypto';
import type { Execute } from '@hub/gateway/executor/executor';
import { AnswerBytes } from '@hub/gateway/limits/answer-bytes';
import { Work } from '@hub/gateway/limits/work';
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
      gone: new AbortController().signal,
      departure: new AbortController().signal,
      work: new Work(),
      bytes: new AnswerBytes(16 * 1024 * 1024),
      sql: { statements: 0 },
      asked: { document: 'free' },
    },
    metrics: {},
    logger: console,
  } as unknown as RequestContext;
}
