import { HubError } from '@hub/kit/errors';
import { endSilentConnections } from '@hub/kit/silent-connections';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { bodyLimit, readJsonBodies } from './body/json-body.ts';
import { answerClientError } from './client-error.ts';
import { answerError, answerErrorsAsJson } from './http-errors.ts';
import { clientRequestIdOf, newRequestId } from './request-id.ts';

/** What every answer tells a browser; pages say more exactly what they load. Behind https an address stays https for a year. */
const browserGuards = (publicUrl: string): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ...(publicUrl.startsWith('https://') && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
});

interface Front {
  publicUrl?: string | undefined;
  trustedProxies?: string[] | undefined;
}

/** HTTP as the door speaks it: bounded, every request with an id, every failure in JSON. */
export function httpServer(log: Logger, { publicUrl = '', trustedProxies = [] }: Front = {}): FastifyInstance {
  const app = Fastify({
    bodyLimit,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    keepAliveTimeout: 72_000,
    requestTimeout: 300_000,
    forceCloseConnections: 'idle',
    // What has come in by then is answered, with `connection: close`; Fastify's own refusal would have no code.
    return503OnClosing: false,
    // Node answers a missing Host by itself, without a word.
    http: { requireHostHeader: false, connectionsCheckingInterval: 2_000 },
    genReqId: newRequestId,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, log),
    clientErrorHandler: answerClientError,
    logger: false,
  });
  endSilentConnections(app);
  app.server.headersTimeout = 10_000;
  app.removeContentTypeParser('text/plain');
  readJsonBodies(app);
  const guards = browserGuards(publicUrl);
  app.addHook('onRequest', async ({ id, headers, raw }, reply) => {
    reply.headers(guards);
    reply.header('x-request-id', id);
    const theirs = clientRequestIdOf(raw);
    if (theirs) reply.header('x-client-request-id', theirs);
    if (headers.host === undefined && raw.httpVersion !== '1.0')
      throw new HubError('INVALID_INPUT', 'The Host header is missing.');
  });
  answerErrorsAsJson(app, log);
  return app;
}
