import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { city as wholeCity } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Application, basic, city, county, type TestIdentity, testIdentity } from '../test-identity.ts';

let identity: TestIdentity;
let owner: TestService;
let app: Application;
let charity: string;
beforeAll(async () => {
  owner = await testService(organisations);
  identity = await testIdentity({ organisations: owner.url });
  app = new Application(identity.url);
  const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }';
  const input = anOrganisation({ kind: 'CHARITY', divisionCode: '220100' });
  charity = (await owner.get(wholeCity, create, { input })).createOrganisation.id;
});
afterAll(async () => {
  await identity?.stop();
  await owner?.stop();
});

let made = 0;

interface Made {
  id: string;
  version: number;
  clientId: string;
  secret: string;
}

async function aClient(grant: object | null = {}): Promise<Made> {
  const clientId = `partner-${++made}`;
  const { createClient } = await identity.get(
    city,
    `mutation ($input: CreateClient!) { createClient(input: $input) { secret client { id version } } }`,
    { input: { clientId, name: '贝壳公益', divisionCode: '220100' } },
  );
  const { client, secret } = createClient;
  const terms = {
    clientId: client.id,
    role: 'PARTNER',
    division: '220100',
    organisationId: charity,
    reason: '合作协议',
    ...grant,
  };
  if (grant) await identity.get(city, `mutation ($input: GrantRights!) { grantRights(input: $input) { id } }`, { input: terms });
  return { ...client, clientId, secret };
}

const tokenOf = ({ clientId, secret }: Pick<Made, 'clientId' | 'secret'>, scope?: string) =>
  app.token({ grant_type: 'client_credentials', ...(scope && { scope }) }, basic(clientId, secret));

const rotate = (input: object) =>
  identity.get(
    city,
    `mutation ($input: RotateClientSecret!) { rotateClientSecret(input: $input) { secret client { version secrets { expiresAt } } } }`,
    { input },
  );

describe('an API client', () => {
  it('gets a token of its grant with its secret, in a header or in the form', async () => {
    const client = await aClient();
    const tokens = await tokenOf(client);
    expect(tokens).toMatchObject({ expires_in: 300, scope: 'programs:read organisations:read changes:read programs:write' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      sub: client.clientId,
      aud: 'hub',
      hub: { role: 'PARTNER', division: '220100', organisation: charity },
    });
    expect((await identity.verify(`Bearer ${tokens.access_token}`)).organisation).toBe(charity);
    const { clientId, secret } = client;
    const posted = await app.token({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
    expect(posted.access_token).toBeDefined();
  });

  it('gets the scopes it asks for that its grant has, and no other', async () => {
    const client = await aClient();
    expect((await tokenOf(client, 'programs:read')).scope).toBe('programs:read');
    expect((await tokenOf(client, 'openid programs:read changes:read')).scope).toBe('programs:read changes:read');
  });

  it.each([
    ['misspelt', 'programs:reed', /no such scope/],
    ['misspelt beside one that is right', 'programs:read programs:reed', /no such scope/],
    ['not granted', 'people:read', /not granted/],
    ['not granted beside one that is', 'programs:read people:personal', /not granted/],
  ])('is refused a scope that is %s, and given no token instead', async (_, scope, why) => {
    const answer = await tokenOf(await aClient(), scope);
    expect([answer.error, answer.access_token]).toEqual(['invalid_scope', undefined]);
    expect((answer as unknown as { error_description: string }).error_description).toMatch(why);
  });

  it('is refused with a wrong secret, without a grant, suspended, or unknown', async () => {
    const client = await aClient();
    const refused = async (given: Pick<Made, 'clientId' | 'secret'>) => (await tokenOf(given)).error;
    expect(await refused({ ...client, secret: 'held as hashes' })).toBe('invalid_client');
    expect(await refused({ ...client, clientId: 'nobody' })).toBe('invalid_client');
    expect(await refused(await aClient(null))).toBe('invalid_grant');
    await identity.get(city, `mutation ($input: ChangeClient!) { suspendClient(input: $input) { id } }`, {
      input: { id: client.id, expectedVersion: client.version },
    });
    expect(await refused(client)).toBe('invalid_client');
  });

  it('cannot be given what partners and reporting tools never hold', async () => {
    await expect(aClient({ scopes: ['people:personal'] })).rejects.toThrow('never holds people:personal');
    const reporting = { role: 'REPORTING', organisationId: null };
    await expect(aClient({ ...reporting, scopes: ['accounts:read'] })).rejects.toThrow('never holds accounts:read');
    expect((await tokenOf(await aClient(reporting))).scope).toContain('people:read');
  });
});

describe('the secret of a client', () => {
  it('changes without a failed call', async () => {
    const client = await aClient();
    let secret = client.secret;
    let done = false;
    const failures: unknown[] = [];
    const calls = Array.from({ length: 4 }, async () => {
      let count = 0;
      while (!done || count < 5) {
        const tokens = await tokenOf({ ...client, secret });
        if (!tokens.access_token) failures.push(tokens);
        count++;
      }
      return count;
    });
    const first = (await rotate({ id: client.id, expectedVersion: client.version })).rotateClientSecret;
    await tokenOf(client);
    secret = first.secret;
    expect((await tokenOf(client)).access_token).toBeDefined();
    // A call that read the old secret just before has ended by the time the next two have.
    await Promise.all([tokenOf({ ...client, secret }), tokenOf({ ...client, secret })]);
    done = true;
    await Promise.all(calls);
    await identity.get(city, `mutation ($input: ChangeClient!) { endClientSecret(input: $input) { id } }`, {
      input: { id: client.id, expectedVersion: first.client.version },
    });
    expect(failures).toEqual([]);
    expect((await tokenOf(client)).error).toBe('invalid_client');
    expect((await tokenOf({ ...client, secret })).access_token).toBeDefined();
  });

  it('lives beside one other at most, and as long as was said', async () => {
    const client = await aClient();
    const second = (await rotate({ id: client.id, expectedVersion: client.version, keepHours: 24 })).rotateClientSecret;
    expect(second.client.secrets.map(({ expiresAt }: { expiresAt: string | null }) => expiresAt !== null)).toEqual([false, true]);
    const third = (await rotate({ id: client.id, expectedVersion: second.client.version })).rotateClientSecret;
    const works = await Promise.all(
      [client.secret, second.secret, third.secret].map(async secret =>
        Boolean((await tokenOf({ ...client, secret })).access_token),
      ),
    );
    expect(works).toEqual([false, true, true]);
    const last = (await rotate({ id: client.id, expectedVersion: third.client.version, keepHours: 0 })).rotateClientSecret;
    expect((await tokenOf({ ...client, secret: third.secret })).error).toBe('invalid_client');
    expect((await tokenOf({ ...client, secret: last.secret })).access_token).toBeDefined();
  });

  it('is changed by one of two administrators who saw the same version', async () => {
    const client = await aClient();
    const input = { id: client.id, expectedVersion: client.version };
    const mutation = `mutation ($input: RotateClientSecret!) { rotateClientSecret(input: $input) { secret } }`;
    const codes = await Promise.all([1, 2].map(() => identity.code(city, mutation, { input })));
    expect(codes.map(code => code ?? 'OK').sort()).toEqual(['OK', 'VERSION_MISMATCH']);
  });

  it('is nowhere to be read, by nobody', async () => {
    const client = await aClient();
    const rows = await identity.asOwner(
      'select data::text as text from revision union all select to_jsonb(s)::text from secret_hash s union all select to_jsonb(c)::text from client_secret c',
    );
    expect(rows.some(({ text }) => text.includes(client.secret))).toBe(false);
    const { clients } = await identity.get(
      city,
      `{ clients(first: 200) { nodes { clientId history { changes { field after } } } } }`,
    );
    expect(JSON.stringify(clients)).toContain(client.clientId);
    expect(JSON.stringify(clients)).not.toContain(client.secret);
  });

  it('is not changed from another slice', async () => {
    const client = await aClient();
    const input = { id: client.id, expectedVersion: client.version };
    const mutation = `mutation ($input: RotateClientSecret!) { rotateClientSecret(input: $input) { secret } }`;
    expect(await identity.code(county('220102'), mutation, { input })).toBe('NOT_FOUND');
  });
});
