import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventually } from '@hub/test/eventually';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serviceToken } from './service-token.ts';

interface Asked {
  authorization: string | undefined;
  body: string;
}

let server: Server;
let asked: Asked[];
let answer: { status: number; life?: number; error?: string };
beforeEach(async () => {
  asked = [];
  answer = { status: 200, life: 300 };
  server = createServer(async (request, response) => {
    asked.push({ authorization: request.headers.authorization, body: await text(request) });
    const { status, life, error } = answer;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(error ? { error } : { access_token: `t${asked.length}`, expires_in: life }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => new Promise(resolve => server.close(resolve)));

const tokenOf = (more: object = {}) => {
  const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return serviceToken({ tokenUrl, client: 'hub-services', secret: 'a:b c', ...more });
};

describe("a service's token", () => {
  it('is asked for by client credentials, once for all who need it', async () => {
    const token = tokenOf();
    expect(await Promise.all([token(), token(), token()])).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1']);
    expect(asked).toEqual([
      {
        authorization: `Basic ${Buffer.from('hub-services:a%3Ab%20c').toString('base64')}`,
        body: 'grant_type=client_credentials',
      },
    ]);
  });

  it('is asked for anew before it ends', async () => {
    answer.life = 1;
    const token = tokenOf();
    const first = await token();
    await eventually(async () => expect(await token()).not.toBe(first));
  });

  it('serves to its end while the identity service is away', async () => {
    answer.life = 1;
    const token = tokenOf();
    await token();
    answer = { status: 503 };
    await eventually(() => expect(token()).rejects.toMatchObject({ why: 'IDENTITY_AWAY' }));
    // It was asked again before the token ended, and the token in hand served.
    expect(asked.length).toBeGreaterThan(1);
  });

  it('is not asked for again at once where the credentials are refused', async () => {
    answer = { status: 401, error: 'invalid_client' };
    const token = tokenOf();
    for (let time = 0; time < 3; time++) await expect(token()).rejects.toMatchObject({ why: 'REFUSED' });
    expect(asked).toHaveLength(1);
  });

  it('says what is missing where there are no credentials', async () => {
    await expect(serviceToken(undefined)()).rejects.toThrow('set HUB_SERVICES_TOKEN_URL and HUB_SERVICES_SECRET');
  });
});
