import type { FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import { pageHeaders } from '../pages/page.ts';

/** Everything of OpenID Connect: discovery, keys, authorization, tokens, sign-out. The library reads and answers the raw request. */
export function serveProvider(app: FastifyInstance, provider: () => Promise<Provider>, publicUrl: string): void {
  const { host, protocol } = new URL(publicUrl);
  app.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.all('/identity/*', async (request, reply) => {
      const { callback } = await provider().then(current => ({ callback: current.callback() }));
      reply.hijack();
      const { raw } = request;
      for (const [name, value] of Object.entries(pageHeaders)) if (name !== 'cache-control') reply.raw.setHeader(name, value);
      // Addresses are made from the public one, never from what a client says of itself.
      Object.assign(raw.headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
      Object.assign(raw, { originalUrl: raw.url, url: raw.url!.slice('/identity'.length) });
      await callback(raw, reply.raw);
    });
  });
}
