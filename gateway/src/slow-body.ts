import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

/** The slowest that a large file may come: half of the slowest line that offices have. */
export const slowest = 16 * 1024;

type PreParsing = (request: FastifyRequest, reply: FastifyReply, payload: RequestPayload) => Promise<RequestPayload>;

/**
 * A body that is not here by then ends its request: whoever sends a byte a second holds nothing of ours for long. A large one may take
 * longer where `bytesASecond` come on an average.
 */
export const arrivesWithin =
  (milliseconds: number, bytesASecond = 0): PreParsing =>
  async (request, reply, payload) => {
    if (hasArrived(request)) return payload;
    const body = new PassThrough();
    const start = performance.now();
    let received = 0;
    if (bytesASecond > 0) payload.on('data', (chunk: Buffer) => (received += chunk.length));
    const look = () => {
      const seconds = (performance.now() - start) / 1000;
      if (bytesASecond > 0 && received >= bytesASecond * seconds) return;
      clearInterval(timer);
      const pace = bytesASecond > 0 ? `, or ${bytesASecond / 1024} KB a second` : '';
      const message = `The body must arrive within ${milliseconds / 1000} s${pace}.`;
      body.destroy(Object.assign(new Error(message), { statusCode: 408 }));
    };
    const timer = setInterval(look, milliseconds);
    const stop = () => clearInterval(timer);
    body.once('end', stop);
    // A request that was answered without its body has nobody who listens to it.
    body.on('error', stop);
    reply.raw.once('close', stop);
    payload.once('error', error => body.destroy(error));
    return payload.pipe(body);
  };

/** Most bodies come with their headers and need no watch. */
const hasArrived = ({ raw, headers }: FastifyRequest): boolean =>
  raw.complete || raw.readableLength === Number(headers['content-length']);
