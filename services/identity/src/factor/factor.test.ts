import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { Application, city, type Person, type TestIdentity, testIdentity } from '../test-identity.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await testIdentity({}, { demand: 'administrators' });
});
afterAll(() => identity?.stop());

const administering = ['people:read', 'accounts:read', 'accounts:write'];
const form = ({ loginName, password }: Person) => ({ loginName, password });
const heading = (text: string) => /<h1>(.+?) </.exec(text)?.[1];
const problem = (text: string) => /role="alert" id="error">([^<]+)/.exec(text)?.[1];

/** The code an app shows, so many steps from now. */
const codeOf = (key: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Begins a sign-in and gives the password. */
async function begin(person: Person, more: Record<string, string> = {}) {
  const app = new Application(identity.url);
  const { url } = await app.begin();
  const page = await app.post(url, 'sign-in', { ...form(person), ...more });
  return { app, url, page };
}

/** Somebody who has just added an app for codes. */
async function withApp() {
  const person = await identity.person();
  const { app, url, page } = await begin(person, { factors: 'yes' });
  const key = /id="key">([A-Z2-7 ]+)</.exec(page.text)![1]!.replaceAll(' ', '');
  const added = await app.post(url, 'new-app', { code: codeOf(key, -1) });
  const recovery = [...added.text.matchAll(/<code>([a-z2-9-]{14})<\/code>/g)].map(([, code]) => code!);
  await app.post(url, 'factors-done', {});
  return { person, key, recovery };
}

describe('an app for one-time codes', () => {
  it('is asked for after the password, and the token says so', async () => {
    const { person, key } = await withApp();
    const { app, url, page } = await begin(person);
    expect([page.status, heading(page.text)]).toEqual([200, '两步验证']);
    // Nothing goes around it.
    for (const step of ['grant', 'password', 'factors-done', 'new-app', 'remove-factor', 'new-recovery'])
      expect(heading((await app.post(url, step, {})).text)).toBe('两步验证');
    const { access_token } = await app.exchange((await app.post(url, 'code', { code: codeOf(key) })).url);
    expect(decodeJwt(access_token)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: 'urn:hub:acr:2' });
    expect(decodeJwt(access_token).auth_time).toBeGreaterThan(Date.now() / 1000 - 60);
  });

  it('gives codes that count once, at the same moment, too', async () => {
    const { person, key } = await withApp();
    const code = codeOf(key);
    const ends = await Promise.all(
      [1, 2, 3].map(async () => {
        const { app, url } = await begin(person);
        return app.post(url, 'code', { code });
      }),
    );
    expect(ends.filter(({ url }) => url.includes('code=')).length).toBe(1);
    const { app, url } = await begin(person);
    const again = await app.post(url, 'code', { code });
    expect([again.status, problem(again.text)]).toEqual([401, expect.stringContaining('或已用过')]);
  });

  it('is not guessed: five wrong codes lock it, in new browsers, too, though each knows the password', async () => {
    const { person, key } = await withApp();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      const { app, url } = await begin(person);
      statuses.push((await app.post(url, 'code', { code: '000000' })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    const { app, url } = await begin(person);
    expect((await app.post(url, 'code', { code: codeOf(key) })).status).toBe(429);
  });

  it('leaves nothing readable in the database', async () => {
    const { key, recovery } = await withApp();
    const rows = await identity.asOwner(
      `select to_jsonb(r)::text as row from code_app r union all select to_jsonb(r)::text from recovery_code r
       union all select payload::text from oidc_record union all select to_jsonb(r)::text from revision r`,
    );
    for (const { row } of rows) for (const secret of [key, ...recovery]) expect(row).not.toContain(secret);
  });
});

describe('recovery codes', () => {
  it('are shown once and work once each', async () => {
    const { person, recovery } = await withApp();
    expect(new Set(recovery).size).toBe(10);
    const use = async (code: string) => {
      const { app, url } = await begin(person);
      return app.post(url, 'code', { code });
    };
    expect((await use(recovery[0]!.toUpperCase().replaceAll('-', ' '))).url).toContain('code=');
    expect((await use(recovery[0]!)).status).toBe(401);
    expect((await use(recovery[1]!)).url).toContain('code=');
  });
});

describe('a second factor', () => {
  it('is demanded of administrators before they get a token, and of nobody else here', async () => {
    const officer = await begin(await identity.person());
    expect(officer.page.url).toContain('code=');
    const person = await identity.person({}, { scopes: administering });
    const { app, url, page } = await begin(person);
    expect([heading(page.text), page.text]).toEqual(['两步验证', expect.stringContaining('请至少添加一种方式')]);
    expect(heading((await app.post(url, 'factors-done', {})).text)).toBe('两步验证');
    const key = /id="key">([A-Z2-7 ]+)</.exec(page.text)![1]!.replaceAll(' ', '');
    const wrong = await app.post(url, 'new-app', { code: '12' });
    expect([wrong.status, problem(wrong.text)]).toEqual([400, expect.stringContaining('The code is not right')]);
    await app.post(url, 'new-app', { code: codeOf(key) });
    const end = await app.post(url, 'factors-done', {});
    expect(decodeJwt((await app.exchange(end.url)).access_token)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
  });

  it('is demanded of who becomes an administrator, though the browser is signed in', async () => {
    const person = await identity.person();
    const { app } = await identity.signIn(person);
    expect((await app.begin()).url).toContain('code=');
    const { grants } = await identity.get(city, 'query ($a: ID!) { grants(accountId: $a) { nodes { id } } }', { a: person.id });
    await identity.asOwner(`update access_grant set scopes = $2 where id = $1`, [grants.nodes[0].id, administering]);
    expect(heading((await app.begin()).text)).toBe('登录');
  });

  it('is taken away by an administrator, which ends what was begun with it', async () => {
    const { person, key } = await withApp();
    const going = await begin(person);
    const { app, url } = await begin(person);
    const tokens = await app.exchange((await app.post(url, 'code', { code: codeOf(key) })).url);
    const at = 'query ($n: String!) { account(loginName: $n) { id version secondFactorSince } }';
    const { account } = await identity.get(city, at, { n: person.loginName });
    expect(account.secondFactorSince).toEqual(expect.any(String));
    const reset = 'mutation ($input: ChangeAccount!) { resetSecondFactor(input: $input) { secondFactorSince } }';
    const input = { id: account.id, expectedVersion: account.version, reason: '手机遗失' };
    expect((await identity.get(city, reset, { input })).resetSecondFactor).toEqual({ secondFactorSince: null });
    expect(await app.refresh(tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect(heading((await going.app.post(going.url, 'code', { code: codeOf(key, 1) })).text)).not.toBe('两步验证');
    expect((await begin(person)).page.url).toContain('code=');
    expect(await identity.asOwner('select 1 from code_app where account_id = $1', [person.id])).toEqual([]);
    expect(await identity.code(city, reset, { input: { ...input, expectedVersion: account.version + 1 } })).toBe('NOT_ALLOWED');
  });
});
