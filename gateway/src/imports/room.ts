import type { FastifyReply } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Concurrency } from '../limits/concurrency.ts';
import type { Limits } from '../limits/settings.ts';
import { TooMany } from '../limits/too-many.ts';
import { viewerKey } from '../limits/viewer-class.ts';

/** Takes a place for an import, or throws. What it returns is told of the work, which may outlast the answer. */
export type ImportRoom = (caller: Caller, reply: FastifyReply) => (work: Promise<unknown>) => void;

/** Files are parsed in threads with heaps of their own: few at a time, and not all of them one viewer's. The place is free again when the answer and the work are over. */
export function importRoom(limits: Pick<Limits, 'imports' | 'importsPerViewer'>, underWay: Concurrency): ImportRoom {
  return ({ viewer }, reply) => {
    const key = viewerKey(viewer);
    if (underWay.of(key) >= limits.importsPerViewer) {
      const message = `You have ${limits.importsPerViewer} imports under way, the most allowed: wait for one to end.`;
      throw new TooMany(429, message, { reason: 'CONCURRENCY', milliseconds: 5_000 });
    }
    if (underWay.all >= limits.imports) {
      const message = `${limits.imports} imports are under way, the most the hub takes at a time: try again in a moment.`;
      throw new TooMany(503, message, { reason: 'OVERLOADED', milliseconds: 5_000 });
    }
    const leave = underWay.begin(key);
    const work: Promise<unknown>[] = [];
    reply.raw.once('close', () => void Promise.allSettled(work).then(leave));
    return started => void work.push(started);
  };
}
