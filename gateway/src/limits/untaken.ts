import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Of the time in which some of an answer must be taken: the time for all of it. */
const whole = 6;

/** Ends the connection of a client that takes nothing of its answer for so long, or not all of it in six times as long. */
export type WatchAnswer = (response: ServerResponse) => void;

export const untaken =
  (milliseconds: number): WatchAnswer =>
  response =>
    // Nearly all answers have left by then.
    void setImmediate(() => {
      if (response.writableFinished || response.destroyed) return;
      // Reset: what waits to be sent would else stay in the memory of the machine.
      const cut = () => response.socket?.resetAndDestroy();
      const timer = setTimeout(cut, whole * milliseconds);
      response.once('close', () => clearTimeout(timer));
      // Node leaves a connection alone of which some was taken meanwhile.
      response.setTimeout(milliseconds, cut);
    });

/** Streams that are silent on purpose: the one who sends them knows that their client is there. */
const isLasting = (type: unknown) => /^(application\/x-ndjson|text\/event-stream)/.test(String(type));

/** Watches every answer that the framework sends; one that is written past it is watched by who writes it. */
export function watchAnswers(app: FastifyInstance, watch: WatchAnswer): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!isLasting(reply.getHeader('content-type'))) watch(reply.raw);
    done();
  });
}
