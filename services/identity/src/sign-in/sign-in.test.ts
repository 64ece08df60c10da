import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { firstAdministrator } from '../first-administrator.ts';
import { scopes } from '../scopes.ts';
import { Application, city, strongPassword, type TestIdentity, testIdentity } from '../test-identity.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await testIdentity();
});
afterAll(() => identity?.stop());

describe('the first administrator', () => {
  it('gets another password at each start until somebody has signed in, and the one before is good no more', async () => {
    const before = identity.administrator!;
    const next = await firstAdministrator(identity.orm, '220100');
    expect(next).toEqual({ loginName: 'admin', password: expect.stringMatching(/^\w{4}(-\w{4}){3}$/) });
    const app = new Application(identity.url);
    const page = await app.begin();
    expect((await app.post(page.url, 'sign-in', { ...before })).status).toBe(401);
    identity.administrator = next;
  });

  it('signs in with the one-time password, has to change it, and gets a token that opens the hub', async () => {
    const app = new Application(identity.url);
    const page = await app.begin({ scope: `openid profile ${scopes.join(' ')}` });
    expect(page.text).toContain('lang="zh-CN"');
    expect(page.text).not.toContain('<script');
    const { loginName, password } = identity.administrator!;
    const change = await app.post(page.url, 'sign-in', { loginName, password });
    expect(change.text).toContain('New password');
    const weak = await app.post(page.url, 'password', { password: 'short', again: 'short' });
    expect([weak.status, weak.text]).toEqual([400, expect.stringContaining('role="alert"')]);
    const differs = await app.post(page.url, 'password', { password: strongPassword, again: `${strongPassword}!` });
    expect([differs.status, differs.text]).toEqual([400, expect.stringContaining('两次输入的密码不一致')]);
    const same = await app.post(page.url, 'password', { password, again: password });
    expect(same.status).toBe(400);
    const end = await app.post(page.url, 'password', { password: strongPassword, again: strongPassword });
    expect(end.url).toMatch(/\/graphql\?code=[\w-]+&state=s&iss=/);
    const tokens = await app.exchange(end.url);
    expect(tokens.expires_in).toBe(300);
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: `${identity.url}/identity`,
      aud: 'hub',
      hub: { role: 'COMMITTEE', division: '220100' },
    });
    const viewer = await identity.verify(`Bearer ${tokens.access_token}`);
    expect(viewer).toMatchObject({ role: 'COMMITTEE', division: '220100', scopes: new Set(scopes) });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: viewer.actor.replace(/^account:/, ''), preferred_username: 'admin' });
  });

  it('is made once, and keeps the password of its own', async () => {
    expect(await firstAdministrator(identity.orm, '220100')).toBeUndefined();
    expect(await identity.asOwner('select count(*)::int as accounts from account')).toEqual([{ accounts: 1 }]);
  });
});

describe('a sign-in', () => {
  it('gives the scopes asked for and no other, and refuses one that is not granted or does not exist', async () => {
    const person = await identity.person();
    const { tokens } = await identity.signIn(person, { scope: 'openid people:read' });
    expect([tokens.scope, decodeJwt(tokens.access_token).scope]).toEqual(['people:read', 'people:read']);
    const more = await identity.signIn(person, { scope: 'openid people:read people:personal' });
    expect([more.tokens.error, more.tokens.access_token]).toEqual(['invalid_scope', undefined]);
    const app = new Application(identity.url);
    const page = await app.begin({ scope: 'openid people:reed' });
    const { url } = await app.post(page.url, 'sign-in', { loginName: person.loginName, password: person.password });
    expect(new URL(url).searchParams.get('error')).toBe('invalid_scope');
  });

  it('needs PKCE with S256 and a registered address', async () => {
    const app = new Application(identity.url);
    const refused = async (more: Record<string, string>) => {
      const { url, text } = await app.browser.follow(await app.browser.open(app.authorizationUrl(more)));
      return new URL(url).searchParams.get('error') ?? /<code>(\w+)<\/code>/.exec(text)?.[1];
    };
    expect(await refused({ code_challenge_method: 'plain' })).toBe('invalid_request');
    expect(await refused({ code_challenge: '' })).toBe('invalid_request');
    expect(await refused({ redirect_uri: 'http://evil.example/' })).toBe('invalid_redirect_uri');
    const person = await identity.person();
    const page = await app.begin();
    const { url } = await app.post(page.url, 'sign-in', person as never);
    const other = new Application(identity.url);
    expect(await other.exchange(url)).toMatchObject({ error: 'invalid_grant' });
  });

  it('takes whatever characters come without falling over', async () => {
    const app = new Application(identity.url);
    const page = await app.begin({ state: 'a\u0000b', login_hint: '\u0000' });
    expect(page.status).toBe(200);
    const wrong = await app.post(page.url, 'sign-in', { loginName: 'ad\u0000min', password: '\u0000' });
    expect(wrong.status).toBe(401);
    for (const address of [
      '/identity/auth?client_id=%00',
      '/identity/interaction/%00',
      '/identity/nothing',
      '/identity/auth/%00',
    ])
      expect([address, (await app.browser.open(address)).status < 500]).toEqual([address, true]);
    expect((await app.refresh('\u0000')).error).toBe('invalid_grant');
  });

  it('may be cancelled', async () => {
    const app = new Application(identity.url);
    const page = await app.begin();
    expect((await app.post(page.url, 'cancel', {})).url).toContain('error=access_denied');
  });

  it('is not taken from another site, nor without its cookie', async () => {
    const person = await identity.person();
    const app = new Application(identity.url);
    const page = await app.begin();
    const foreign = await app.browser.open(`${page.url}/sign-in`, person as never, { origin: 'http://evil.example' });
    expect(foreign.status).toBe(403);
    const elsewhere = new Application(identity.url);
    expect((await elsewhere.post(page.url, 'sign-in', person as never)).status).toBe(400);
  });

  it('asks which of several grants, again after the chosen one ended', async () => {
    const person = await identity.person();
    const { grantRights } = await identity.get(
      city,
      `mutation ($input: GrantRights!) { grantRights(input: $input) { id version } }`,
      {
        input: { accountId: person.id, role: 'AUDITOR', division: '220102', reason: '第二项授权' },
      },
    );
    const app = new Application(identity.url);
    const page = await app.begin();
    const choice = await app.post(page.url, 'sign-in', person as never);
    expect(choice.text).toContain('第二项授权');
    expect((await app.post(page.url, 'grant', { grant: 'of somebody else' })).status).toBe(400);
    const end = await app.post(page.url, 'grant', { grant: grantRights.id });
    const { access_token } = await app.exchange(end.url);
    expect(decodeJwt(access_token).hub).toEqual({ role: 'AUDITOR', division: '220102' });
    // Signed in already: straight through.
    expect((await app.begin()).url).toContain('code=');
    await identity.get(city, `mutation ($input: RevokeGrant!) { revokeGrant(input: $input) { id } }`, {
      input: { id: grantRights.id, expectedVersion: grantRights.version, reason: '到期' },
    });
    const again = await app.exchange((await app.begin()).url);
    expect(decodeJwt(again.access_token).hub).toEqual({ role: 'COMMITTEE', division: '220102' });
  });

  it('lets the person change the password, which ends the sign-ins elsewhere', async () => {
    const person = await identity.person();
    const elsewhere = await identity.signIn(person);
    const app = new Application(identity.url);
    const page = await app.begin();
    await app.post(page.url, 'sign-in', { ...(person as never as Record<string, string>), change: 'yes' });
    const password = '夜来风雨声，花落知多少';
    const end = await app.post(page.url, 'password', { password, again: password });
    expect((await app.exchange(end.url)).access_token).toBeDefined();
    expect(await elsewhere.app.refresh(elsewhere.tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect((await identity.signIn({ ...person, password })).tokens.access_token).toBeDefined();
    expect((await identity.signIn(person)).tokens.error).toBeDefined();
  });

  it('that began with the password of before is worth nothing after a reset', async () => {
    const person = await identity.person();
    const app = new Application(identity.url);
    const page = await app.begin();
    await app.post(page.url, 'sign-in', { ...(person as never as Record<string, string>), change: 'yes' });
    await identity.get(city, 'mutation ($input: ChangeAccount!) { resetPassword(input: $input) { oneTimePassword } }', {
      input: { id: person.id, expectedVersion: person.version, reason: '密码泄露' },
    });
    const password = '夜来风雨声，花落知多少';
    const end = await app.post(page.url, 'password', { password, again: password });
    expect(end.text).toContain('autocomplete="current-password"');
    expect((await identity.signIn({ ...person, password })).tokens.error).toBeDefined();
  });

  it('without a grant says so in both languages', async () => {
    const person = await identity.person({}, { validTo: new Date(Date.now() + 1_500).toISOString() });
    await identity.asOwner(`update access_grant set valid_to = now() where account_id = $1`, [person.id]);
    const app = new Application(identity.url);
    const page = await app.begin();
    const end = await app.post(page.url, 'sign-in', person as never);
    expect([end.status, end.text]).toEqual([403, expect.stringContaining('Nothing is granted')]);
    expect(end.text).toContain('没有任何授权');
  });
});

describe('wrong passwords', () => {
  const wrong = async (loginName: string, password = 'not the password') => {
    const app = new Application(identity.url);
    const page = await app.begin();
    return app.post(page.url, 'sign-in', { loginName, password });
  };

  it('five times lock the name, known or not, with a message in both languages', async () => {
    const person = await identity.person();
    const messages: Record<string, string[]> = {};
    for (const name of [person.loginName, 'nobody-of-that-name']) {
      messages[name] = [];
      for (let i = 0; i < 5; i++) {
        const { status, text } = await wrong(name);
        messages[name].push(`${status} ${/role="alert"[^>]*>([^<]+)/.exec(text)?.[1]}`);
      }
    }
    const [known, unknown] = Object.values(messages);
    expect(known).toEqual(unknown);
    expect(known!.slice(0, 4).every(message => message.startsWith('401 登录名或密码不正确'))).toBe(true);
    expect(known![4]).toMatch(/^429 密码错误次数过多.*Too many wrong passwords/);
    expect((await wrong(person.loginName, person.password)).status).toBe(429);
    await identity.asOwner(`update guess set until = now() - interval '1 second' where key = $1`, [`name:${person.loginName}`]);
    expect((await identity.signIn(person)).tokens.access_token).toBeDefined();
  });

  it('at once are counted, too', async () => {
    const person = await identity.person();
    const statuses = (await Promise.all(Array.from({ length: 12 }, () => wrong(person.loginName)))).map(({ status }) => status);
    expect(statuses.filter(status => status === 401)).toHaveLength(4);
    expect((await wrong(person.loginName, person.password)).status).toBe(429);
  });

  it('are limited by address, too', async () => {
    await identity.asOwner(`update guess set count = 50, until = now() + interval '5 minutes' where key like 'address:%'`);
    expect((await wrong('somebody-else')).status).toBe(429);
    await identity.asOwner('delete from guess');
  });

  it('leave no trace of the password anywhere', async () => {
    const rows = await identity.asOwner(
      `select to_jsonb(r)::text as row from revision r union all select payload::text from oidc_record`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { row } of rows) {
      expect(row).not.toContain('argon2');
      expect(row).not.toContain(strongPassword);
    }
  });
});
