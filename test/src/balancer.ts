import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

const looks = 50;

/** A balancer as simple as there is: it asks for readiness, keeps connections, and sends again only what was refused a connection. */
export async function balancer(): Promise<{ url: string; over(urls: readonly string[]): void; stop(): void }> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Map<string, boolean>();
  let turn = 0;
  const look = () => {
    for (const url of ready.keys()) {
      const probe = request(`${url}/readyz`, { agent: false }, answer => {
        ready.set(url, answer.resume().statusCode === 200);
      });
      probe.on('error', () => ready.set(url, false)).end();
    }
  };
  const looking = setInterval(look, looks);
  const inTurn = () => {
    const urls = [...ready.keys()];
    const first = turn++ % urls.length;
    const all = [...urls.slice(first), ...urls.slice(0, first)];
    return all.toSorted((a, b) => Number(ready.get(b)) - Number(ready.get(a)));
  };
  const pass = (from: IncomingMessage, body: Buffer, response: ServerResponse, [url, ...others]: string[]) => {
    if (!url) return response.writeHead(502).end();
    const { method, headers } = from;
    const passed = request(url + from.url, { method, headers: { ...headers, connection: 'keep-alive' }, agent }, answer => {
      const { connection: _, ...told } = answer.headers;
      response.writeHead(answer.statusCode!, told);
      answer.pipe(response);
    });
    passed.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') pass(from, body, response, others);
      else response.headersSent ? response.destroy() : response.writeHead(502).end();
    });
    passed.end(body);
  };
  const server = createServer(async (from, response) => pass(from, await buffer(from), response, inTurn()));
  // Longer than any client keeps a connection: who closes first must not be a matter of milliseconds.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    over: urls => {
      for (const url of urls) ready.set(url, true);
    },
    stop: () => {
      clearInterval(looking);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
