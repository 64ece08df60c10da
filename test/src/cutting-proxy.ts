import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface CuttingProxy {
  /** The address of the database, by way of the proxy. */
  url(databaseUrl: string): string;
  /**
   * From now on: lets everything through, cuts the answer to each COMMIT off, refuses connections, or holds back whatever comes, as a
   * PostgreSQL that was stopped in the middle does; or loses it, and whatever comes on the same connections later, as a network does.
   */
  mode: 'open' | 'cut commits' | 'closed' | 'held' | 'lost';
  stop(): Promise<void>;
}

/** Neither the level "read committed" nor the role of a committee. */
const commit = /\bcommit\b/i;

/** Stands between a service and PostgreSQL. With `cut commits` PostgreSQL commits, and whoever asked for it never hears. */
export async function cuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  const proxy = { mode: 'open' } as CuttingProxy;
  const isHeld = async () => {
    while (proxy.mode === 'held') await pause(20);
  };
  const server = createServer(client => {
    if (proxy.mode === 'closed') return void client.destroy();
    const database = connect(Number(port), hostname);
    let isCommitting = false;
    const end = () => {
      client.destroy();
      database.destroy();
      open.delete(client);
    };
    open.add(client);
    let isLost = false;
    client.on('data', async chunk => {
      isLost ||= proxy.mode === 'lost';
      if (isLost) return;
      client.pause();
      await isHeld();
      client.resume();
      isCommitting = proxy.mode === 'cut commits' && commit.test(chunk.toString('latin1'));
      database.write(chunk);
    });
    database.on('data', async chunk => {
      isLost ||= proxy.mode === 'lost';
      if (isLost) return;
      database.pause();
      await isHeld();
      database.resume();
      // Whatever comes back after a COMMIT is its answer: it was done, and nobody is told.
      if (isCommitting) end();
      else client.write(chunk);
    });
    for (const socket of [client, database]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  proxy.url = url => Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(address.port) }).href;
  proxy.stop = () =>
    new Promise(resolve => {
      for (const client of open) client.destroy();
      server.close(() => resolve());
    });
  return proxy;
}
