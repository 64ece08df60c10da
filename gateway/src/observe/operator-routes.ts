import { isIP } from 'node:net';
import { HubError } from '@hub/kit/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';
import type { HubStatus } from './status.ts';
import { statusPage } from './status-page.ts';

/** `/metrics` for Prometheus and `/status` for people and programs. */
export function serveOperator(
  app: FastifyInstance,
  { metrics, status, isPublic }: { metrics: Metrics; status: () => Promise<HubStatus>; isPublic: boolean },
): void {
  // They show how the hub is built and how busy it is, and have no token to ask for: a scraper has none. So they answer this machine only,
  // and nobody who comes through a proxy on it, unless HUB_METRICS_PUBLIC=1 says that the network in front decides.
  const onRequest = async (request: FastifyRequest) => {
    if (!isPublic && !isLocal(request)) throw new HubError('NOT_FOUND', `There is nothing at GET ${request.routeOptions.url}.`);
  };
  app.get('/metrics', { onRequest }, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  app.get('/status', { onRequest }, async (request, reply) => {
    const now = await status();
    reply.header('cache-control', 'no-store');
    if (!request.headers.accept?.includes('text/html')) return now;
    return reply
      .type('text/html; charset=utf-8')
      .headers({
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      })
      .send(statusPage(now));
  });
}

function isLocal({ socket, headers }: FastifyRequest): boolean {
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false;
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
