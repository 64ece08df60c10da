import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

/** A body that is not here by then ends its request: whoever sends a byte a second holds nothing of ours for long. */
export const arrivesWithin =
  (milliseconds: number) =>
  async (request: FastifyRequest, reply: FastifyReply, payload: RequestPayload): Promise<RequestPayload> => {
    if (hasArrived(request)) return payload;
    const body = new PassThrough();
    const timer = setTimeout(() => {
      body.destroy(Object.assign(new Error(`The body must arrive within ${milliseconds / 1000} s.`), { statusCode: 408 }));
    }, milliseconds);
    const stop = () => clearTimeout(timer);
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
