import type { FastifyReply } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Budget } from './budget.ts';
import { Concurrency } from './concurrency.ts';
import type { Limits } from './settings.ts';
import type { Shed } from './shed.ts';
import { TooMany } from './too-many.ts';
import { classOf, viewerKey } from './viewer-class.ts';

/** The way of an operation into the gateway: its viewer's share first, then its turn. */
export interface Passage {
  /** Before the body is read: refuses whom the door cannot serve now. What is taken is given back when the answer has been taken and the work is over. */
  knock(caller: Caller, reply: FastifyReply): void;
  /** After the body has arrived: waits for a turn, which ends with the work. The caller's work must have begun. */
  enter(caller: Caller): Promise<void>;
}

export function passage(limits: Pick<Limits, 'concurrent'>, budget: Budget, shed: Shed): Passage {
  const underWay = new Concurrency();
  return {
    knock({ viewer, work }, reply) {
      budget.knock(viewer);
      const viewerClass = classOf(viewer);
      const limit = Math.min(limits.concurrent[viewerClass], shed.placesOfViewer);
      const key = viewerKey(viewer);
      if (underWay.of(key) >= limit) throw tooManyUnderWay(limit);
      shed.assertOpen(viewerClass);
      const leave = underWay.begin(key);
      whenOver(reply, () => work.whenOver(leave));
    },
    async enter({ viewer, gone, work }) {
      work.takes(await shed.enter(classOf(viewer), viewerKey(viewer), gone));
    },
  };
}

const tooManyUnderWay = (limit: number) =>
  new TooMany(429, `You have ${limit} operations under way, the most allowed: wait for one to be answered.`, {
    reason: 'CONCURRENCY',
    milliseconds: 1_000,
  });

/** When the answer is sent, not when the connection is closed: the client's next operation may arrive in between. */
function whenOver(reply: FastifyReply, release: () => void): void {
  if (reply.raw.writableFinished || reply.raw.closed) release();
  else reply.raw.once('finish', release).once('close', release);
}
