import type { FastifyRequest } from 'fastify';

/** A request about which there is nothing to decide but the operation itself. */
export interface PlainRequest {
  query: string;
  operationName?: string;
  variables: Record<string, unknown>;
  /** What its answer is called. */
  contentType: string;
}

const json = 'application/json; charset=utf-8';
const response = 'application/graphql-response+json; charset=utf-8';

/** What clients say they accept, and what they get for it; anything else is negotiated by the server. */
const contentTypes = new Map([
  [undefined, json],
  ['*/*', json],
  ['application/json', json],
  ['application/graphql-response+json', response],
  ['application/graphql-response+json,application/json;q=0.9', response],
  ['application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed', response],
]);

/** Reads a POST of JSON as most clients send it; every other form, right or wrong, is the server's to judge. */
export function plainRequest({ method, headers }: FastifyRequest, body: unknown): PlainRequest | undefined {
  if (method !== 'POST' || !/^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '')) return undefined;
  const contentType = contentTypes.get(headers.accept);
  if (!contentType || !isObject(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  const isPlain =
    typeof query === 'string' &&
    (isAbsent(operationName) || typeof operationName === 'string') &&
    (isAbsent(variables) || isObject(variables)) &&
    (isAbsent(extensions) || (isObject(extensions) && extensions.persistedQuery === undefined));
  if (!isPlain) return undefined;
  return {
    query,
    ...(typeof operationName === 'string' && { operationName }),
    variables: isObject(variables) ? variables : {},
    contentType,
  };
}

const isAbsent = (value: unknown) => value === undefined || value === null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
