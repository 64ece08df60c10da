import httpProxy from '@fastify/http-proxy';
import { HubError } from '@hub/kit/errors';
import type { FastifyInstance } from 'fastify';

/** Forms, token requests and administrators' operations are small. */
const mostBytes = 64 * 1024;

/** What the identity service is told of a request; nothing else goes through. */
const forwarded = ['accept', 'accept-language', 'authorization', 'content-length', 'content-type', 'cookie', 'origin'];

/** The identity service under this origin: sign-in pages, OpenID Connect, the administrators' API. */
export function serveIdentity(app: FastifyInstance, upstream: string | undefined): void {
  if (!upstream) return;
  app.register(async scope => {
    // Bodies pass through unread, here alone: the plugin would change the parsers of the whole door.
    scope.removeAllContentTypeParsers();
    scope.addHook('onRequest', async request => {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      if (encoding !== undefined || Number(length ?? 0) > mostBytes)
        throw new HubError('LIMIT_EXCEEDED', `A request to this path has a content-length of at most ${mostBytes} bytes.`);
    });
    scope.register(httpProxy, {
      upstream,
      prefix: '/identity',
      rewritePrefix: '/identity',
      httpMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
      undici: { connections: 64, keepAliveTimeout: 30_000, headersTimeout: 20_000, bodyTimeout: 20_000 },
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => ({
          ...Object.fromEntries(forwarded.map(name => [name, headers[name]]).filter(([, value]) => value !== undefined)),
          'x-request-id': request.id,
          'x-forwarded-for': request.ip,
        }),
        onError: (reply, { error }) => {
          const timedOut = (error as { code?: string }).code === 'UND_ERR_HEADERS_TIMEOUT';
          reply.send(new HubError(timedOut ? 'TIMEOUT' : 'UNAVAILABLE', 'The identity service is not reachable: try again.'));
        },
      },
    });
  });
}
