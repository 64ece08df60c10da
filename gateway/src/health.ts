import type { FastifyInstance } from 'fastify';
import type { SubgraphSource } from './subgraph-source.ts';

const patience = 1_500;

/** The names of the subgraphs that do not say they are ready. */
export async function notReady(sources: SubgraphSource[]): Promise<string[]> {
  const ready = await Promise.all(sources.map(source => source.isReady(patience)));
  return sources.filter((_, index) => !ready[index]).map(source => source.name);
}

/** Probes are not counted against anybody, so they may cost the subgraphs no more than one look each in this time, milliseconds. */
const remembered = 250;

export function serveHealth(app: FastifyInstance, sources: () => SubgraphSource[]): void {
  let look: { names: Promise<string[]>; at: number } | undefined;
  const waitingFor = () => {
    if (!look || Date.now() - look.at > remembered) look = { names: notReady(sources()), at: Date.now() };
    return look.names;
  };
  app.get('/livez', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const waiting = await waitingFor();
    return reply.code(waiting.length ? 503 : 200).send(waiting.length ? { status: 'waiting', waiting } : { status: 'ready' });
  });
}
