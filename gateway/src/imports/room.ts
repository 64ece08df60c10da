import type { FastifyReply } from 'fastify';
import type { Caller } from '../caller.ts';
import { Concurrency } from '../limits/concurrency.ts';
import type { Limits } from '../limits/settings.ts';
import { TooMany } from '../limits/too-many.ts';
import { viewerKey } from '../limits/viewer-class.ts';

export interface ImportRoom {
  /** Before the body comes: refuses who sends too many at a time. No place is taken yet. */
  arrive(caller: Caller, reply: FastifyReply): void;
  /** Takes a place, or throws. What it returns is told of the work, which may outlast the answer. */
  enter(caller: Caller, reply: FastifyReply): (work: Promise<unknown>) => void;
}

/** Files are parsed in threads with heaps of their own: few at a time, and not all of them one viewer's. The place is free again when the answer and the work are over. */
export function importRoom(limits: Pick<Limits, 'imports' | 'importsPerViewer'>, underWay: Concurrency): ImportRoom {
  const arriving = new Concurrency();
  const assertFew = (ofViewer: number) => {
    if (ofViewer < limits.importsPerViewer) return;
    const message = `You have ${limits.importsPerViewer} imports under way, the most allowed: wait for one to end.`;
    throw new TooMany(429, message, { reason: 'CONCURRENCY', milliseconds: 5_000 });
  };
  return {
    arrive({ viewer }, reply) {
      const key = viewerKey(viewer);
      assertFew(arriving.of(key));
      // Each may hold a whole file; they are not places of an import, which would be closed to all by who sends slowly.
      if (arriving.all >= 4 * limits.imports) throw overloaded(arriving.all);
      reply.raw.once('close', arriving.begin(key));
    },
    enter({ viewer }, reply) {
      const key = viewerKey(viewer);
      assertFew(underWay.of(key));
      if (underWay.all >= limits.imports) throw overloaded(limits.imports);
      const leave = underWay.begin(key);
      const work: Promise<unknown>[] = [];
      reply.raw.once('close', () => void Promise.allSettled(work).then(leave));
      return started => void work.push(started);
    },
  };
}

const overloaded = (underWay: number) =>
  new TooMany(503, `${underWay} imports are under way, the most the hub takes at a time: try again in a moment.`, {
    reason: 'OVERLOADED',
    milliseconds: 5_000,
  });
