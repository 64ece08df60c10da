import { departureOf } from '@hub/kit/departure';
import { idempotencyKeyOf } from '@hub/kit/idempotency-key';
import type { Verify } from '@hub/kit/token';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';
import { free } from './documents/trusted-documents.ts';
import { AnswerBytes } from './limits/answer-bytes.ts';
import { addressKey, type Pace } from './limits/pace.ts';
import { viewerKey } from './limits/viewer-class.ts';
import { Work } from './limits/work.ts';
import { patient } from './patient-departure.ts';
import { clientRequestIdOf } from './request-id.ts';

export type Admit = (request: FastifyRequest, reply: FastifyReply, milliseconds?: number) => Promise<Caller>;

interface Settings {
  deadlineMs: number;
  answerBytes: number;
  pace: Pace;
}

/** Verifies the token before a byte of the body is read. */
export function door(verify: Verify, { deadlineMs, answerBytes, pace }: Settings): Admit {
  return async (request, reply, milliseconds = deadlineMs) => {
    const { authorization = '' } = request.headers;
    const viewer = await verify(authorization).catch(async error => {
      await pace.hear(addressKey(request));
      throw error;
    });
    request.pacedAs = viewerKey(viewer);
    await pace.hear(request.pacedAs);
    const gone = departureOf(reply.raw);
    return {
      authorization,
      requestId: request.id,
      clientRequestId: clientRequestIdOf(request.raw),
      idempotencyKey: idempotencyKeyOf(request.headers['idempotency-key']),
      viewer,
      deadline: Date.now() + milliseconds,
      gone,
      departure: patient(gone),
      work: new Work(),
      bytes: new AnswerBytes(answerBytes),
      sql: { statements: 0 },
      asked: { document: free },
    };
  };
}
