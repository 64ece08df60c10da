import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';
import type { HubStatus } from './status.ts';
import { statusPage } from './status-page.ts';

/**
 * `/metrics` for Prometheus and `/status` for people and programs, on a port of their own. They show how the hub is built and how busy it
 * is, and have no token to ask for: a scraper has none. A proxy on the same machine would make everybody local, so the public port has neither.
 */
export function serveOperator(
  app: FastifyInstance,
  { metrics, status }: { metrics: Metrics; status: () => Promise<HubStatus> },
): void {
  app.get('/metrics', async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
  app.get('/status', async (request, reply) => {
    const now = await status();
    reply.header('cache-control', 'no-store');
    if (!request.headers.accept?.includes('text/html')) return now;
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
      .send(statusPage(now));
  });
}
