import type { TakingLeave } from '@hub/kit/taking-leave';
import type { FastifyInstance } from 'fastify';

/** They speak of this process alone: it answers for whatever is there, and `/status` says which part is away. */
export function serveHealth(app: FastifyInstance, leave: TakingLeave): void {
  app.get('/livez', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) =>
    leave.hasBegun ? reply.code(503).send({ status: 'leaving' }) : { status: 'ready' },
  );
}
