import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { askAny } from './ask-any.ts';
import { leavingHeader } from './leaving-header.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serving(listener: RequestListener, port = 0): Promise<URL> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const nowhere = new URL('http://127.0.0.1:9');
const well: RequestListener = (_request, response) => response.end('{"well":true}');
const answered = { status: 200, value: { well: true } };
const patience = 60_000;

describe('of several addresses', () => {
  it('one that is not there is passed over', async () => {
    expect(await askAny([nowhere, await serving(well)], { patience })).toMatchObject(answered);
  });

  it('one that is leaving is passed over, and asked again when it is back', async () => {
    let isLeaving = true;
    const url = await serving((_request, response) => {
      if (isLeaving) response.writeHead(503, { [leavingHeader]: '1' }).end('{}');
      else response.end('{"well":true}');
      isLeaving = false;
    });
    expect(await askAny([url], { patience })).toMatchObject(answered);
  });

  it('one that cuts the connection is asked again', async () => {
    let times = 0;
    const url = await serving((request, response) =>
      ++times < 3 ? request.socket.resetAndDestroy() : response.end('{"well":true}'),
    );
    expect([await askAny([url], { patience }), times]).toMatchObject([answered, 3]);
  });

  it('none that is there is waited for longer than the patience', async () => {
    await expect(askAny([nowhere], { patience: 300 })).rejects.toThrow();
  });

  it('one that answers, if not well, is believed', async () => {
    const url = await serving((_request, response) => response.writeHead(500).end('{"well":false}'));
    expect(await askAny([url, nowhere], { patience })).toMatchObject({ status: 500, value: { well: false } });
  });
});
