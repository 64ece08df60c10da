import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { basic, testIdentity } from '@hub/identity/test-identity';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { eventually } from './eventually.ts';
import { type TestHub, testHub } from './test-hub.ts';

const claims = {
  realm: { role: 'COMMITTEE' },
  dept_code: '220102',
  entitlements: ['organisations:read', 'people:read'],
};

let server: Server;
let issuer: string;
let hub: TestHub;

/** An OpenID provider of somebody else: other claim names, another audience, RSA keys. */
async function otherProvider(): Promise<void> {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'theirs', alg: 'RS256', use: 'sig' } as never] },
    clients: ['good', 'service', 'stranger', 'of-the-hub'].map(client_id => ({
      client_id,
      client_secret: 'secret',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    cookies: { keys: ['cookies of a test'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:city',
        getResourceServerInfo: (_ctx, _resource, client) => ({
          scope: '',
          audience: client.clientId === 'stranger' ? 'somewhere else' : 'city-hub',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) =>
      (token.clientId === 'service' ? { ...claims, realm: { role: 'SERVICE' } } : claims) as never,
  });
  server.on('request', provider.callback());
}

const tokenOf = async (clientId: string) => {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: basic(clientId, 'secret') },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
};

beforeAll(async () => {
  await otherProvider();
  process.env.HUB_ISSUER = issuer;
  process.env.HUB_ISSUER_AUDIENCE = 'city-hub';
  process.env.HUB_SERVICES_TOKEN_URL = `${issuer}/token`;
  process.env.HUB_SERVICES_CLIENT = 'of-the-hub';
  process.env.HUB_SERVICES_SECRET = 'secret';
  process.env.HUB_ISSUER_CLAIMS = JSON.stringify({ role: 'realm.role', division: 'dept_code', scope: 'entitlements' });
  try {
    hub = await testHub({ sample: false, together: true });
  } finally {
    for (const name of Object.keys(process.env).filter(each => /^HUB_(ISSUER|SERVICES)/.test(each))) delete process.env[name];
  }
}, 120_000);
afterAll(async () => {
  await hub?.stop();
  server?.close();
});

const query = '{ organisations { totalCount } }';
const code = async (token: string, asked = query) => (await hub.ask(token, asked)).errors?.[0]?.extensions.code;

describe('with another issuer', () => {
  it('its tokens open the hub as its claims say, by the mapping', async () => {
    const token = await tokenOf('good');
    expect((await hub.get(token, query)).organisations.totalCount).toBe(0);
    expect(await code(token, '{ programs { totalCount } }')).toBe('FORBIDDEN');
    const { division } = await hub.get(token, '{ division(code: "220102") { name peopleFigures { members } } }');
    expect(division.peopleFigures).toEqual({ members: 0 });
  });

  it('for another audience, or as a process of the hub, they do not', async () => {
    expect(await code(await tokenOf('stranger'))).toBe('UNAUTHENTICATED');
    expect(await code(await tokenOf('service'))).toBe('UNAUTHENTICATED');
  });

  it("the hub's services follow by its tokens, of the one client that is named for them, and only among themselves", async () => {
    const feeds = async () => {
      const { subgraphs } = (await (await fetch(`${hub.operatorsUrl}/status`)).json()) as {
        subgraphs: { feeds: { name: string; lag: number | null; why: string | null }[] }[];
      };
      return subgraphs.flatMap(subgraph => subgraph.feeds);
    };
    await eventually(async () => {
      const all = await feeds();
      expect(all.map(({ name }) => name)).toContain('organisationChanges');
      expect(all.filter(({ lag, why }) => lag === null || why !== null)).toEqual([]);
    });
    const changes = '{ organisationChanges(first: 1) { cursor } }';
    // At the door it is what its claims say, a county's committee without the scope of the feed.
    expect(await code(await tokenOf('of-the-hub'), changes)).toBe('FORBIDDEN');
  });

  it('the hub has no sign-in of its own', async () => {
    expect((await fetch(`${hub.url}/identity/.well-known/openid-configuration`)).status).toBe(404);
    expect(hub.administrator).toBeUndefined();
  });

  it('tokens of an identity service of ours are refused, those of this installation are not', async () => {
    const ours = await testIdentity();
    try {
      const { tokens } = await ours.signIn(await ours.person());
      expect(await code(tokens.access_token)).toBe('UNAUTHENTICATED');
    } finally {
      await ours.stop();
    }
    const directory = await mkdtemp(join(tmpdir(), 'hub-other-'));
    const elsewhere = await installationKey(directory);
    await rm(directory, { recursive: true });
    expect(await code(await signToken(elsewhere, { role: 'COMMITTEE', division: '220100' }))).toBe('UNAUTHENTICATED');
    expect(await code(await hub.token({ role: 'COMMITTEE', division: '220100' }))).toBeUndefined();
  });
});
