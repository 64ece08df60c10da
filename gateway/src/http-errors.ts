import { type ErrorCode, errorCodes, HubError } from '@hub/kit/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { TooMany } from './limits/too-many.ts';
import { internalMessage } from './mask-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the error that kept it from being executed. */
    refused?: string;
  }
}

/** Every failure outside an operation is JSON of the same shape as one inside. */
export function answerErrorsAsJson(app: FastifyInstance, log: Logger): void {
  app.setNotFoundHandler((request, reply) => {
    send(request, reply, 404, {
      code: 'NOT_FOUND',
      message: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
    });
  });

  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply, log));
}

export function answerError(error: FastifyError | HubError, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  if (error instanceof HubError) {
    if (error.code === 'UNAUTHENTICATED')
      reply.header('www-authenticate', error.extensions.reason === 'MISSING' ? 'Bearer' : 'Bearer error="invalid_token"');
    if (error instanceof TooMany) reply.header('retry-after', error.seconds);
    const { http: _, ...extensions } = error.extensions;
    send(request, reply, statusOfError(error), { ...extensions, code: error.code, message: error.message });
    return;
  }
  const status = error.statusCode ?? 500;
  if (status === 408) send(request, reply, 408, { code: 'LIMIT_EXCEEDED', message: error.message });
  else if (status === 413)
    send(request, reply, 413, { code: 'LIMIT_EXCEEDED', message: 'The body is larger than this path accepts.' });
  else if (status >= 400 && status < 500) send(request, reply, status, { code: 'INVALID_INPUT', message: error.message });
  else {
    log.error({ requestId: request.id, err: error }, 'request failed');
    send(request, reply, 500, { code: 'INTERNAL', message: internalMessage(request.id) });
  }
}

function statusOfError(error: HubError): number {
  if (error instanceof TooMany) return error.httpStatus;
  return error.extensions.reason === 'FILE_TOO_LARGE' ? 413 : error.status;
}

/** A change whose key stands for another was refused before anything of it was done: to a client it was not executed, though a subgraph said so. */
export const wasNotExecuted = (
  data: unknown,
  errors: readonly { extensions?: Record<string, unknown> | undefined }[] = [],
): boolean => data === null && errors.length > 0 && errors.every(({ extensions }) => extensions?.code === 'IDEMPOTENCY_MISMATCH');

export const statusOf = (code: unknown) => errorCodes[code as ErrorCode]?.status ?? 500;

function send(request: FastifyRequest, reply: FastifyReply, status: number, error: Record<string, unknown>): void {
  const { message, ...extensions } = error;
  request.refused = String(extensions.code);
  if (isUnread(request, status)) reply.header('connection', 'close');
  const asksForGraphQL = request.headers.accept?.includes('application/graphql-response+json');
  reply
    .code(status)
    .type(`application/${asksForGraphQL ? 'graphql-response+json' : 'json'}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}

/** What is left of a large or late body is not worth reading: the connection ends with the answer. */
function isUnread({ raw, headers }: FastifyRequest, status: number): boolean {
  if (raw.complete) return false;
  const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY);
  return status === 408 || (raw.method === 'POST' && length > 1024 * 1024);
}
