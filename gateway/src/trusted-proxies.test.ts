import { trustedProxies } from '@hub/kit/trusted-proxies';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { clientAddress } from './client-address.ts';
import { httpServer } from './http-server.ts';

/** The address a gateway takes a client for. */
async function seenAs(trusted: string[], forwarded: string): Promise<string> {
  const app = httpServer(pino({ level: 'silent' }), { trustedProxies: trusted });
  app.get('/who', async request => ({ address: clientAddress(request) }));
  const { address } = (await app.inject({ path: '/who', headers: { 'x-forwarded-for': forwarded } })).json();
  await app.close();
  return address;
}

describe('the address of a client', () => {
  it.each([
    [[], '203.0.113.7', '127.0.0.1'],
    [['10.0.0.5'], '203.0.113.7', '127.0.0.1'],
    [['127.0.0.1'], '203.0.113.7', '203.0.113.7'],
    [['127.0.0.0/8'], '203.0.113.7', '203.0.113.7'],
    // What a client says of itself stands in front; the proxy's own word is the last.
    [['127.0.0.1'], '1.2.3.4, 203.0.113.7', '203.0.113.7'],
    [['127.0.0.1', '10.0.0.0/8'], '1.2.3.4, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
  ])('with %j trusted, that says %s, is %s', async (trusted, forwarded, address) => {
    expect(await seenAs(trusted, forwarded)).toBe(address);
  });

  it('comes from proxies that the setting names by address or range, and nothing else', () => {
    expect(trustedProxies.parse('10.0.0.5, 10.1.0.0/16,2001:db8::/32')).toEqual(['10.0.0.5', '10.1.0.0/16', '2001:db8::/32']);
    expect(trustedProxies.parse('')).toEqual([]);
    for (const wrong of ['nginx', '10.0.0.5/33', '10.0.0', '10.0.0.5/', '*', '10.0.0.5/8/8'])
      expect(trustedProxies.safeParse(wrong).success).toBe(false);
  });
});
