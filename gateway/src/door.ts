import { HubError } from '@hub/kit/errors';
import type { Verify } from '@hub/kit/token';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';

export type Admit = (request: FastifyRequest, milliseconds?: number) => Promise<Caller>;

/** Verifies the token before a byte of the body is read. */
export function door(verify: Verify, deadlineMs: number): Admit {
  return async (request, milliseconds = deadlineMs) => {
    const { authorization = '' } = request.headers;
    const viewer = await verify(authorization);
    return {
      authorization,
      requestId: request.id,
      idempotencyKey: keyOf(request),
      viewer,
      deadline: Date.now() + milliseconds,
      sql: { statements: 0 },
    };
  };
}

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new HubError('INVALID_INPUT', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
  }
  return key;
}
