import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds in which a connection that was just opened may still become a request. */
const patience = 500;

/**
 * Ends, when the server is to stop, the connections on which nothing was ever sent: Node takes them for busy, and the process would wait
 * for them until it is killed.
 */
export function endSilentConnections(app: FastifyInstance): void {
  const opened = new Map<Socket, number>();
  app.server.on('connection', (socket: Socket) => {
    opened.set(socket, Date.now());
    socket.once('close', () => opened.delete(socket));
  });
  app.server.on('request', ({ socket }) => opened.delete(socket));
  const endSilent = () => {
    for (const [socket, since] of opened) if (socket.bytesRead === 0 && Date.now() - since >= patience) socket.destroy();
  };
  app.addHook('preClose', async () => {
    endSilent();
    const ending = setInterval(endSilent, 100).unref();
    app.server.once('close', () => clearInterval(ending));
  });
}
