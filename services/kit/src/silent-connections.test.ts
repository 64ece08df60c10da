import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { endSilentConnections } from './silent-connections.ts';

let app: FastifyInstance;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

async function open(): Promise<{ socket: Socket; closed: Promise<void> }> {
  const { port } = app.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
  await new Promise(resolve => socket.once('connect', resolve));
  return { socket: socket.resume(), closed };
}

it('a connection that has sent nothing keeps no server from stopping; one whose request is under way is answered', async () => {
  app = fastify({ keepAliveTimeout: 72_000, forceCloseConnections: 'idle', return503OnClosing: false });
  endSilentConnections(app);
  let answer: (text: string) => void = () => undefined;
  const arrived = new Promise<void>(resolve => {
    app.get('/', () => {
      resolve();
      return new Promise(resolve => {
        answer = resolve;
      });
    });
  });
  await app.listen({ port: 0 });
  const silent = await open();
  const busy = await open();
  let text = '';
  busy.socket.on('data', chunk => {
    text += chunk;
  });
  busy.socket.write('GET / HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n');
  await arrived;
  const stopped = app.close();
  await silent.closed;
  answer('answered');
  await busy.closed;
  expect(text).toMatch(/^HTTP\/1\.1 200 .*answered$/s);
  await stopped;
});
