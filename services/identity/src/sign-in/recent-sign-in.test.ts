import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Application, city, type Person, type TestIdentity, testIdentity } from '../test-identity.ts';

let identity: TestIdentity;
let administrator: Person;
let subject: Person;
beforeAll(async () => {
  identity = await testIdentity();
  const scopes = ['people:read', 'people:personal', 'accounts:read', 'accounts:write'];
  administrator = await identity.person({}, { division: '220102', scopes });
  subject = await identity.person();
});
afterAll(() => identity?.stop());

const asked = { scope: 'openid profile people:read people:personal accounts:read accounts:write' };
const lookUp = '{ accounts { nodes { id } } }';
const changes: [name: string, text: () => string][] = [
  [
    'a grant',
    () =>
      `grantRights(input: { accountId: "${subject.id}", role: COMMITTEE, division: "220102", scopes: ["people:read"], reason: "测试" })`,
  ],
  ['a reset', () => `resetPassword(input: { id: "${subject.id}", expectedVersion: ${subject.version}, reason: "测试" })`],
  ['a new account', () => `createAccount(input: { loginName: "new", displayName: "新", divisionCode: "220102" })`],
];

const post = (token: string, query: string) =>
  fetch(`${identity.url}/identity/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

/** As if the person had signed in an hour ago and the tab had stayed open. */
async function anHourLater(): Promise<void> {
  for (const [model, key] of [
    ['Session', 'loginTs'],
    ['RefreshToken', 'authTime'],
  ])
    await identity.asOwner(
      `update oidc_record set payload = jsonb_set(payload::jsonb, '{${key}}', to_jsonb((payload->>'${key}')::int - 3600))::json
       where model = $1 and account_id = $2`,
      [model, administrator.id],
    );
}

describe('accounts, grants and keys are changed', () => {
  let app: Application;
  let old: string;

  it.each(changes)('not by somebody who signed in an hour ago: %s', async (_name, text) => {
    const signedIn = await identity.signIn(administrator, asked);
    app = signedIn.app;
    await anHourLater();
    old = (await app.refresh(signedIn.tokens.refresh_token)).access_token;
    expect(Date.now() / 1000 - (decodeJwt(old).auth_time as number)).toBeGreaterThan(3_500);
    const response = await post(old, `mutation { ${text()} { __typename } }`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_user_authentication".*max_age="900"/);
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    expect(errors[0]!.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SIGN_IN_TOO_OLD' });
    const [{ n }] = await identity.asOwner(`select count(*)::int as n from account where login_name = 'new'`);
    expect(n).toBe(0);
  });

  it('while reading goes on', async () => {
    expect(await (await post(old, lookUp)).json()).not.toHaveProperty('errors');
  });

  it('after max_age has asked for the password once more, in the same browser', async () => {
    // Without it the browser is still signed in, and gets as old a token.
    const silent = await app.begin(asked);
    expect(silent.url).toContain('code=');
    const page = await app.begin({ ...asked, max_age: '900' });
    expect(page.text).toContain('登录名');
    const { loginName, password } = administrator;
    const end = await app.post(page.url, 'sign-in', { loginName, password });
    const { access_token: fresh } = await app.exchange(end.url);
    const [, grant] = changes[0]!;
    expect(await (await post(fresh, `mutation { ${grant()} { id } }`)).json()).not.toHaveProperty('errors');
  });

  it('by an operator and by an API client at any time, which prove themselves for each token', async () => {
    const input = { clientId: 'registry', name: '登记系统', divisionCode: '220102' };
    const { createClient } = await identity.get(
      city,
      'mutation ($input: CreateClient!) { createClient(input: $input) { secret client { id } } }',
      { input },
    );
    await identity.get(city, 'mutation ($input: GrantRights!) { grantRights(input: $input) { id } }', {
      input: {
        clientId: createClient.client.id,
        role: 'COMMITTEE',
        division: '220102',
        scopes: ['accounts:read', 'accounts:write'],
        reason: '测试',
      },
    });
    const authorization = `Basic ${Buffer.from(`registry:${createClient.secret}`).toString('base64')}`;
    const { access_token: token } = await app.token({ grant_type: 'client_credentials' }, authorization);
    const create =
      'mutation { createAccount(input: { loginName: "by-client", displayName: "新", divisionCode: "220102" }) { account { id } } }';
    expect(await (await post(token, create)).json()).not.toHaveProperty('errors');
  });
});

describe('a person signs in', () => {
  it('with all that is granted but what is sensitive, where the application names no scope', async () => {
    const { tokens } = await identity.signIn(administrator);
    expect(tokens.scope.split(' ')).toEqual(expect.arrayContaining(['people:read', 'accounts:read']));
    expect(tokens.scope).not.toMatch(/people:personal|accounts:write/);
    expect(decodeJwt(tokens.access_token).scope).toBe(tokens.scope);
  });

  it('with what is sensitive only where it is named, without the password once more', async () => {
    const { app, tokens } = await identity.signIn(administrator);
    const again = await app.begin({ scope: `openid profile ${tokens.scope} people:personal` });
    const more = await app.exchange(again.url);
    expect(more.scope.split(' ').sort()).toEqual([...tokens.scope.split(' '), 'people:personal'].sort());
  });

  it('with nothing that is not granted', async () => {
    const { app } = await identity.signIn(await identity.person());
    const again = await app.begin({ scope: 'openid people:personal' });
    expect(await app.exchange(again.url)).toMatchObject({ error: 'invalid_scope' });
  });
});
