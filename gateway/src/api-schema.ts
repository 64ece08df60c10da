import type { FastifyInstance } from 'fastify';
import { printSchema } from 'graphql';
import type { Admit } from './door.ts';
import type { Loaded } from './loaded.ts';

/** `GET /schema.graphql`: what the API offers, for whoever may use it, so that code generation needs neither introspection nor the supergraph. */
export function serveApiSchema(app: FastifyInstance, admit: Admit, loaded: () => Loaded): void {
  const texts = new WeakMap<Loaded, string>();
  const textOf = (present: Loaded) => {
    const text = texts.get(present) ?? `${printSchema(present.schema)}\n`;
    texts.set(present, text);
    return text;
  };
  app.get('/schema.graphql', async (request, reply) => {
    await admit(request, reply);
    const present = loaded();
    const etag = `"${present.hash}"`;
    reply.headers({ etag, 'cache-control': 'private, no-cache' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/graphql; charset=utf-8').send(textOf(present));
  });
}
