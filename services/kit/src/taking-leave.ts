import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Milliseconds in which whoever keeps a connection may hear, with its next answer, that it is the last one. */
const farewell = 500;

/** How a server goes without anybody's request being lost. */
export interface TakingLeave {
  /** From when it has been told to go: it is not ready any more. */
  readonly hasBegun: boolean;
  /**
   * Goes on for so many milliseconds, in which a balancer sees that it is not ready; then takes no more connections, and ends those that it
   * has with their next answer. What is under way goes on; whoever closes the server next cuts nothing off.
   */
  begin(milliseconds?: number): Promise<void>;
}

export function takingLeave(app: FastifyInstance): TakingLeave {
  const leave = {
    hasBegun: false,
    begin: async (milliseconds = 0) => {
      leave.hasBegun = true;
      await pause(milliseconds);
      const { server } = app;
      server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) =>
        response.setHeader('connection', 'close'),
      );
      // Node's own close would end idle connections at once, with what may just be arriving on them.
      Listener.prototype.close.call(server);
      for (const end = Date.now() + farewell; Date.now() < end && (await connectionsOf(server)) > 0; ) await pause(20);
    },
  };
  return leave;
}

const connectionsOf = (server: Listener) =>
  new Promise<number>(resolve => server.getConnections((_error, count) => resolve(count ?? 0)));
