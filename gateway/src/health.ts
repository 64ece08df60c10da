import type { FastifyInstance } from 'fastify';
import type { SubgraphSource } from './subgraph-source.ts';

const patience = 1_500;

/** The names of the subgraphs that do not say they are ready. */
export async function notReady(sources: SubgraphSource[]): Promise<string[]> {
  const ready = await Promise.all(sources.map(source => source.isReady(patience)));
  return sources.filter((_, index) => !ready[index]).map(source => source.name);
}

export function serveHealth(app: FastifyInstance, sources: SubgraphSource[]): void {
  app.get('/livez', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const waiting = await notReady(sources);
    return reply.code(waiting.length ? 503 : 200).send(waiting.length ? { status: 'waiting', waiting } : { status: 'ready' });
  });
}
