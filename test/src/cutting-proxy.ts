import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  /** The address of the database, by way of the proxy. */
  url(databaseUrl: string): string;
  /** From now on: lets everything through, cuts the answer to each COMMIT off, or lets nothing through. */
  mode: 'open' | 'cut commits' | 'closed';
  stop(): Promise<void>;
}

/** Neither the level "read committed" nor the role of a committee. */
const commit = /\bcommit\b/i;

/** Stands between a service and PostgreSQL. With `cut commits` PostgreSQL commits, and whoever asked for it never hears. */
export async function cuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  const proxy = { mode: 'open' } as CuttingProxy;
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
    client.on('data', chunk => {
      isCommitting = proxy.mode === 'cut commits' && commit.test(chunk.toString('latin1'));
      database.write(chunk);
    });
    // Whatever comes back after a COMMIT is its answer: it was done, and nobody is told.
    database.on('data', chunk => (isCommitting ? end() : client.write(chunk)));
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
