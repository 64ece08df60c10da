import type { FastifyReply } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Budget } from './budget.ts';
import { Concurrency } from './concurrency.ts';
import type { Limits } from './settings.ts';
import type { Shed } from './shed.ts';
import { TooMany } from './too-many.ts';
import { classOf, viewerKey } from './viewer-class.ts';

/** The way of an operation into the gateway: its viewer's share first, then its turn. What is taken is given back when the answer is over. */
export interface Passage {
  /** Before the body is read: refuses whom the door cannot serve now. */
  knock(caller: Caller, reply: FastifyReply): void;
  /** After the body has arrived: waits for a turn. */
  enter(caller: Caller, reply: FastifyReply): Promise<void>;
}

export function passage(limits: Pick<Limits, 'concurrent'>, budget: Budget, shed: Shed): Passage {
  const underWay = new Concurrency();
  return {
    knock({ viewer }, reply) {
      budget.knock(viewer);
      const viewerClass = classOf(viewer);
      const limit = limits.concurrent[viewerClass];
      const key = viewerKey(viewer);
      if (underWay.of(key) >= limit) {
        throw new TooMany(429, `You have ${limit} operations under way, the most allowed: wait for one to be answered.`, {
          reason: 'CONCURRENCY',
          milliseconds: 1_000,
        });
      }
      shed.assertOpen(viewerClass);
      whenOver(reply, underWay.begin(key));
    },
    async enter({ viewer, departure }, reply) {
      whenOver(reply, await shed.enter(classOf(viewer), viewerKey(viewer), departure));
    },
  };
}

/** When the answer is sent, not when the connection is closed: the client's next operation may arrive in between. */
function whenOver(reply: FastifyReply, release: () => void): void {
  if (reply.raw.writableFinished || reply.raw.closed) release();
  else reply.raw.once('finish', release).once('close', release);
}
