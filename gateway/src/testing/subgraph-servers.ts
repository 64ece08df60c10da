import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a subgraph answers to a request's body. */
export interface Said {
  text: string;
  headers?: Record<string, string>;
}

/** Subgraphs over HTTP that answer what a function says. */
export async function subgraphServers(names: readonly string[], say: (name: string, body: string) => Said) {
  const servers: Server[] = [];
  const bodies: string[] = [];
  const urls: Record<string, string> = {};
  for (const name of names) {
    const server = createServer(async (request, response) => {
      const body = await textOf(request);
      bodies.push(body);
      const { text, headers } = say(name, body);
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    urls[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const stop = () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { urls, bodies, stop };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
