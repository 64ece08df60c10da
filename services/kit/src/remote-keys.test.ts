import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@hub/test/eventually';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK, type JWTVerifyGetKey } from 'jose';
import { remoteKeys } from './remote-keys.ts';

const keyOf = async (kid: string): Promise<JWK> => ({
  ...(await exportJWK((await generateKeyPair('ES256')).publicKey)),
  alg: 'ES256',
  kid,
});

describe('keys at an address', () => {
  let server: Server;
  let published: unknown;
  let asked: number;
  let status: number;
  let now: number;
  let find: (kid: string) => ReturnType<JWTVerifyGetKey>;

  beforeEach(async () => {
    asked = 0;
    status = 200;
    server = createServer((_, response) => {
      asked++;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(published));
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    const keys = remoteKeys(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`));
    find = async kid => keys({ alg: 'ES256', kid }, { payload: '', signature: '' });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('are read once, when the first is needed, by all who wait for it', async () => {
    published = { keys: [await keyOf('a'), await keyOf('b')] };
    expect(asked).toBe(0);
    await Promise.all(['a', 'b', 'a'].map(find));
    await find('b');
    expect(asked).toBe(1);
  });

  it('are read again for a new one, but not for every stranger', async () => {
    const first = await keyOf('a');
    published = { keys: [first] };
    await find('a');
    published = { keys: [first, await keyOf('b')] };
    await expect(find('b')).rejects.toThrow('no applicable key');
    expect(asked).toBe(1);
    now += 6_000;
    await find('b');
    await expect(find('c')).rejects.toThrow('no applicable key');
    expect(asked).toBe(2);
  });

  it('that were withdrawn are forgotten within ten minutes', async () => {
    published = { keys: [await keyOf('a')] };
    await find('a');
    published = { keys: [await keyOf('b')] };
    now += 599_000;
    await find('a');
    now += 2_000;
    await expect(find('a')).rejects.toThrow('no applicable key');
    await find('b');
  });

  it('are read ahead: an issuer that is away at the time is not felt until they are old', async () => {
    published = { keys: [await keyOf('a')] };
    await find('a');
    status = 503;
    now += 400_000;
    await find('a');
    await eventually(() => expect(asked).toBe(2));
    now += 199_000;
    await find('a');
    now += 2_000;
    await expect(find('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    status = 200;
    await find('a');
  });

  it('that cannot be read are asked for again by the next', async () => {
    published = { keys: [await keyOf('a')] };
    status = 503;
    await expect(find('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    status = 200;
    published = 'not a key set';
    await expect(find('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    published = { keys: [await keyOf('a')] };
    await find('a');
    expect(asked).toBe(3);
  });

  it('do not follow to another address', async () => {
    published = { keys: [await keyOf('a')] };
    status = 302;
    await expect(find('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
