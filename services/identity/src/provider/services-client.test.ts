import { randomBytes } from 'node:crypto';
import { verifierFrom } from '@hub/kit/issuers';
import { servicesBelieved } from '@hub/kit/services-client';
import type { Verify } from '@hub/kit/token';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Application, basic, city, type TestIdentity, type Tokens, testIdentity } from '../test-identity.ts';

const secret = randomBytes(32).toString('hex');
let identity: TestIdentity;
let asService: Verify;
beforeAll(async () => {
  identity = await testIdentity({}, { servicesSecret: secret });
  const jwks = `${identity.url}/identity/jwks`;
  const env = {
    HUB_JWKS: jwks,
    HUB_IDENTITY_ISSUER: `${identity.url}/identity`,
    HUB_IDENTITY_JWKS: jwks,
    HUB_ISSUER_AUDIENCE: 'hub',
  };
  asService = await verifierFrom(env, servicesBelieved({}));
});
afterAll(() => identity?.stop());

const tokenFor = async (its: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${identity.url}/identity/token`, {
    method: 'POST',
    headers: { authorization: basic('hub-services', its), ...headers },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await response.json()) as Tokens;
};

describe("the client of the hub's own services", () => {
  it('is given a token by which a subgraph knows it, and may follow and no more', async () => {
    const { access_token: token, scope, expires_in } = await tokenFor(secret);
    expect([scope, expires_in]).toEqual(['changes:read history:read', 300]);
    expect(await asService(`Bearer ${token}`)).toEqual({
      actor: 'service:hub-services',
      role: 'SERVICE',
      division: '000000',
      scopes: new Set(['changes:read', 'history:read']),
    });
  });

  it('opens nothing where services have no business: the gateway, the administration', async () => {
    const { access_token: token } = await tokenFor(secret);
    await expect(identity.verify(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await identity.code(token, '{ accounts { totalCount } }')).toBe('UNAUTHENTICATED');
  });

  it('is given none from outside, by the gateway', async () => {
    expect((await tokenFor(secret, { 'x-hub-door': 'outside' })).error).toBe('unauthorized_client');
  });

  it('is refused with another secret', async () => {
    expect((await tokenFor(`${secret}x`)).error).toBe('invalid_client');
    expect((await tokenFor('held as hashes')).error).toBe('invalid_client');
  });

  it('is nobody where no secret was set', async () => {
    const other = await testIdentity();
    try {
      const app = new Application(other.url);
      for (const its of ['', 'undefined', secret])
        expect((await app.token({ grant_type: 'client_credentials' }, basic('hub-services', its))).error).toBeDefined();
    } finally {
      await other.stop();
    }
  });

  it('is not made, nor its role granted, by anybody who administers clients', async () => {
    const create = 'mutation ($input: CreateClient!) { createClient(input: $input) { secret client { id } } }';
    const input = { clientId: 'hub-services', name: '冒充', divisionCode: '220100' };
    expect(await identity.code(city, create, { input })).toBe('INVALID_INPUT');
    const { client, secret: its } = (await identity.get(city, create, { input: { ...input, clientId: 'services' } }))
      .createClient;
    const grant = 'mutation ($input: GrantRights!) { grantRights(input: $input) { id } }';
    const terms = { clientId: client.id, role: 'SERVICE', division: '220100', reason: '冒充' };
    expect(await identity.code(city, grant, { input: terms })).toBe('INVALID_INPUT');
    // Even were one written into the database, nothing takes its token for one of the services.
    await identity.asOwner(
      `insert into access_grant (id, client_id, division_code, role, division, scopes, valid_from, granted_by, grant_reason)
       values (gen_random_uuid(), $1, '220100', 'SERVICE', '000000', '{changes:read}', now(), 'x', 'x')`,
      [client.id],
    );
    const app = new Application(identity.url);
    const { access_token: token } = await app.token({ grant_type: 'client_credentials' }, basic('services', its));
    expect(token).toBeDefined();
    await expect(asService(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
