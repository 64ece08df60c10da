import { Application, basic, everything, strongPassword } from '@hub/identity/test-identity';
import { anOrganisation } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { eventually } from './eventually.ts';
import { type TestHub, testHub } from './test-hub.ts';

let hub: TestHub;
let administrator: string;

const code = async (token: string, query: string) => (await hub.ask(token, query)).errors?.[0]?.extensions.code;
const whoAmI = '{ division(code: "220102") { organisationFigures { organisations } } }';
const figuresOf = async (token: string, division: string) =>
  (await hub.get(token, `{ division(code: "${division}") { organisationFigures { organisations } } }`)).division
    .organisationFigures;

async function administer(query: string, input: object) {
  const response = await fetch(`${hub.url}/identity/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${administrator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function firstSignIn(loginName: string, password: string, more = {}): Promise<string> {
  const app = new Application(hub.url);
  const page = await app.begin(more);
  await app.post(page.url, 'sign-in', { loginName, password });
  const end = await app.post(page.url, 'password', { password: strongPassword, again: strongPassword });
  return (await app.exchange(end.url)).access_token;
}

beforeAll(async () => {
  hub = await testHub({ sample: false, together: true });
  const { loginName, password } = hub.administrator!;
  administrator = await firstSignIn(loginName, password, everything);
}, 120_000);
afterAll(() => hub?.stop());

describe('through the door', () => {
  it('the provider describes itself as a standard client expects', async () => {
    const issuer = new URL(`${hub.url}/identity`);
    const response = await oauth.discoveryRequest(issuer, { [oauth.allowInsecureRequests]: true });
    const server = await oauth.processDiscoveryResponse(issuer, response);
    expect(server).toMatchObject({
      authorization_endpoint: `${hub.url}/identity/auth`,
      jwks_uri: `${hub.url}/identity/jwks`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('the administrator opens the hub and invites a county officer, who sees the county alone', async () => {
    expect(await figuresOf(administrator, '220104')).toEqual({ organisations: 0 });
    const { inviteAccount } = await administer(
      'mutation ($input: InviteAccount!) { inviteAccount(input: $input) { oneTimePassword account { id version } } }',
      {
        loginName: 'nanguan.officer',
        displayName: '王芳',
        divisionCode: '220102',
        grant: { role: 'COMMITTEE', division: '220102', reason: '区委员会经办人' },
      },
    );
    const officer = await firstSignIn('nanguan.officer', inviteAccount.oneTimePassword);
    expect(await figuresOf(officer, '220102')).toEqual({ organisations: 0 });
    expect(await figuresOf(officer, '220104')).toBeNull();
  });

  it('a partner comes with its own credentials, and cannot read what partners do not', async () => {
    const { createOrganisation } = await hub.get(
      administrator,
      'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }',
      { input: anOrganisation({ divisionCode: '220102', kind: 'CHARITY' }) },
    );
    const { createClient } = await administer(
      'mutation ($input: CreateClient!) { createClient(input: $input) { secret client { id } } }',
      { clientId: 'beike', name: '贝壳公益', divisionCode: '220102' },
    );
    await administer('mutation ($input: GrantRights!) { grantRights(input: $input) { id } }', {
      clientId: createClient.client.id,
      role: 'PARTNER',
      division: '220102',
      organisationId: createOrganisation.id,
      reason: '合作协议',
    });
    const app = new Application(hub.url);
    const token = () => app.token({ grant_type: 'client_credentials' }, basic('beike', createClient.secret));
    const { access_token } = await token();
    expect((await hub.get(access_token, '{ programs { totalCount } }')).programs.totalCount).toBe(0);
    expect(await code(access_token, '{ people { totalCount } }')).toBe('FORBIDDEN');

    // Where its organisation goes, its grant goes: the running identity service follows the feed.
    const { id, version } = createOrganisation;
    const input = { id, expectedVersion: version, divisionCode: '220104', movedOn: '2026-01-05', reason: '注册地变更' };
    const move = 'mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }';
    await hub.get(administrator, move, { input });
    await eventually(async () =>
      expect(decodeJwt((await token()).access_token).hub).toMatchObject({ role: 'PARTNER', division: '220104' }),
    );
    expect((await hub.get((await token()).access_token, '{ organisations { totalCount } }')).organisations.totalCount).toBe(1);
  });

  it('a token with another key, or of a grant that was made up, opens nothing', async () => {
    const [head, body, signature] = administrator.split('.');
    const claims = JSON.parse(Buffer.from(body!, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, hub: { role: 'COMMITTEE', division: '000000' } })).toString(
      'base64url',
    );
    expect(await code(`${head}.${forged}.${signature}`, whoAmI)).toBe('UNAUTHENTICATED');
  });

  it('the identity service hears nothing but small, whole requests', async () => {
    const page = await fetch(`${hub.url}/identity/token`, { method: 'POST', body: new Blob(['x'.repeat(70_000)]) });
    expect([page.status, ((await page.json()) as any).errors[0].extensions.code]).toEqual([400, 'LIMIT_EXCEEDED']);
    const stream = new ReadableStream({
      start: controller => {
        controller.enqueue(new TextEncoder().encode('a=b'));
        controller.close();
      },
    });
    const chunked = await fetch(`${hub.url}/identity/token`, { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
    expect(chunked.status).toBe(400);
  });

  it('pages load nothing from elsewhere and may be in no frame', async () => {
    const page = await new Application(hub.url).begin();
    const { headers } = await fetch(`${hub.url}/identity/interaction/none`);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await fetch(`${hub.url}/identity/style.css`)).headers.get('content-type')).toContain('text/css');
  });
});
