import { Readable } from 'node:stream';
import httpProxy from '@fastify/http-proxy';
import { addressesIn } from '@hub/kit/env';
import { HubError } from '@hub/kit/errors';
import type { FastifyInstance } from 'fastify';
import { clientAddress } from './client-address.ts';
import { identityPool } from './identity-pool.ts';
import { addressRoom } from './limits/address-room.ts';
import { addressKey, type Pace } from './limits/pace.ts';
import type { Limits } from './limits/settings.ts';
import { arrivesWithin } from './slow-body.ts';

/** Administrators' operations are small; forms and token requests, which anybody may send, smaller still. */
const mostBytes = { operations: 64 * 1024, others: 8 * 1024 };
/** What stands in an address is kept with the sign-in that it begins. */
const longestAddress = 4_096;

/** What the identity service is told of a request; nothing else goes through. */
const forwarded = [
  'accept',
  'accept-language',
  'authorization',
  'content-length',
  'content-type',
  'cookie',
  'origin',
  'user-agent',
];

const isOperation = (url: string) => /^\/identity\/graphql(\?|$)/.test(url);

/** The identity service under this origin: sign-in pages, OpenID Connect, the administrators' API. */
export function serveIdentity(
  app: FastifyInstance,
  upstream: string | undefined,
  limits: Pick<Limits, 'bodyMs' | 'identityPerMinute'> & { pace: Pace; awayMs: number },
): void {
  if (!upstream) return;
  const pool = identityPool(upstream, limits.awayMs);
  app.addHook('onClose', () => pool.destroy());
  const room = addressRoom(limits.identityPerMinute);
  app.register(async scope => {
    // Bodies pass through as they are, here alone: the plugin would change the parsers of the whole door.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBytes.operations }, (_request, body, done) =>
      done(null, body),
    );
    scope.addHook('onRequest', async (request, reply) => {
      await limits.pace.hear(addressKey(request));
      room(request, reply);
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      const most = isOperation(request.url) ? mostBytes.operations : mostBytes.others;
      if (encoding !== undefined || Number(length ?? 0) > most)
        throw new HubError('LIMIT_EXCEEDED', `A request to this path has a content-length of at most ${most} bytes.`);
      if (request.url.length > longestAddress)
        throw new HubError('LIMIT_EXCEEDED', `An address of this path has at most ${longestAddress} characters: shorten state.`);
    });
    scope.addHook('preParsing', arrivesWithin(limits.bodyMs));
    // Only what has come whole goes on: a body that drips would hold a connection to the identity service, of which there are few.
    scope.addHook('preHandler', async request => {
      if (Buffer.isBuffer(request.body)) request.body = request.body.length > 0 ? Readable.from([request.body]) : undefined;
    });
    scope.register(httpProxy, {
      upstream: addressesIn(upstream)[0]!,
      prefix: '/identity',
      rewritePrefix: '/identity',
      httpMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
      proxyPayloads: false,
      undici: pool,
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => ({
          ...Object.fromEntries(forwarded.map(name => [name, headers[name]]).filter(([, value]) => value !== undefined)),
          // By this the identity service gives nobody who comes from outside a token of the hub's own services.
          'x-hub-door': 'outside',
          'x-request-id': request.id,
          'x-forwarded-for': clientAddress(request),
        }),
        onError: (reply, { error }) => {
          const timedOut = (error as { code?: string }).code === 'UND_ERR_HEADERS_TIMEOUT';
          reply.send(new HubError(timedOut ? 'TIMEOUT' : 'UNAVAILABLE', 'The identity service is not reachable: try again.'));
        },
      },
    });
  });
}
