import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imaginedHub } from './testing/imagined-hub.ts';
import { bearer } from './testing/tokens.ts';

describe('every answer of the door', () => {
  let hub: Awaited<ReturnType<typeof imaginedHub>>;
  let authorization: string;
  beforeAll(async () => {
    hub = await imaginedHub({ publicUrl: 'https://hub.example.org' });
    authorization = await bearer();
  });
  afterAll(() => hub.stop());

  const paths: [string, string, RequestInit][] = [
    ['an answer', '/graphql', { method: 'POST', body: '{"query":"{ places { id } }"}' }],
    ['a list as bytes', '/graphql', { method: 'POST', body: '{"query":"{ peopleCount }"}' }],
    ['a refusal', '/graphql', { method: 'POST', body: '{"query":"{ nothing }"}' }],
    ['the explorer', '/graphql', { headers: { accept: 'text/html' } }],
    ['a script', '/graphiql/pkce.js', {}],
    ['the schema', '/schema.graphql', {}],
    ['a probe', '/livez', {}],
    ['nothing', '/nowhere', {}],
    ['a ledger', '/imports/places', { method: 'POST', body: 'a\n1' }],
  ];

  it.each(paths)('guards the browser: %s', async (_, path, init) => {
    const headers = { 'content-type': 'application/json', authorization, ...init.headers };
    const response = await fetch(hub.url + path, { ...init, headers, redirect: 'manual' });
    await response.text();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(response.headers.get('content-security-policy')).toMatch(
      /default-src 'none';.*base-uri 'none';.*frame-ancestors 'none'/,
    );
  });

  it('says nothing of https where there is none', async () => {
    const open = await imaginedHub();
    const response = await fetch(`${open.url}/livez`);
    expect(response.headers.get('strict-transport-security')).toBeNull();
    await open.stop();
  });

  it('tells how many statements it took to operators alone', async () => {
    const ask = (token: string) =>
      fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: token },
        body: '{"query":"{ places { id } }"}',
      });
    expect((await ask(authorization)).headers.get('x-hub-statements')).toBe('0');
    const foreign = await bearer('organisations:read', '5m', {}, 'https://id.example.org');
    expect((await ask(foreign)).headers.get('x-hub-statements')).toBeNull();
  });
});
