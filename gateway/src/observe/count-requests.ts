import { tellSecurity } from '@hub/kit/security-log';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { clientAddress } from '../client-address.ts';
import { classOf } from '../limits/viewer-class.ts';
import type { Metrics } from './metrics.ts';

/** Who was not let in, or asked for what is not theirs. */
function tellRefusal(request: FastifyRequest, code: string | undefined): void {
  if (code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN') return;
  const { actor, role, division } = request.caller?.viewer ?? {};
  tellSecurity(code === 'FORBIDDEN' ? 'forbidden' : 'token-refused', {
    actor,
    role,
    division,
    address: clientAddress(request),
    requestId: request.id,
    path: request.routeOptions.url,
  });
}

/** Counts every answer, and names in the log the operations that took long: never their text or variables. */
export function countRequests(app: FastifyInstance, metrics: Metrics, slowMs: number, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    const { caller, refused } = request;
    if (refused) metrics.refused.inc({ code: refused });
    tellRefusal(request, refused ?? caller?.asked.outcome);
    if (!caller || request.routeOptions.url !== '/graphql') return;
    const viewerClass = classOf(caller.viewer);
    const { document, outcome = refused ?? 'OK' } = caller.asked;
    const milliseconds = Math.round(reply.elapsedTime);
    metrics.operations.inc({ document, class: viewerClass, outcome });
    metrics.operationSeconds.observe({ class: viewerClass }, reply.elapsedTime / 1000);
    metrics.statements.inc({ class: viewerClass }, caller.sql.statements);
    if (milliseconds < slowMs) return;
    const { clientRequestId } = caller;
    const ids = { requestId: request.id, ...(clientRequestId && { clientRequestId }) };
    log.warn({ ...ids, document, milliseconds, statements: caller.sql.statements, outcome }, 'slow operation');
  });
}
