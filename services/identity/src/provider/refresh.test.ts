import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Application, city, type Person, type TestIdentity, testIdentity } from '../test-identity.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await testIdentity();
});
afterAll(() => identity?.stop());

const invalid = { error: 'invalid_grant' };
const change = (mutation: string, { id, version }: Person) =>
  identity.get(city, `mutation ($input: ChangeAccount!) { ${mutation}(input: $input) { __typename } }`, {
    input: { id, expectedVersion: version, reason: '测试' },
  });
const isSignedIn = async (app: Application) => (await app.begin()).url.includes('code=');

describe('a refresh token', () => {
  it('gives a new access token and another refresh token', async () => {
    const { app, tokens } = await identity.signIn(await identity.person());
    const next = await app.refresh(tokens.refresh_token);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect(decodeJwt(next.access_token)).toMatchObject({ aud: 'hub', hub: { role: 'COMMITTEE', division: '220102' } });
    expect(next.scope).toBe(tokens.scope);
  });

  it('used twice ends the whole sign-in', async () => {
    const { app, tokens } = await identity.signIn(await identity.person());
    const next = await app.refresh(tokens.refresh_token);
    expect(await app.refresh(tokens.refresh_token)).toMatchObject(invalid);
    expect(await app.refresh(next.refresh_token)).toMatchObject(invalid);
  });

  it('used twice at once gives one access token at most', async () => {
    const { app, tokens } = await identity.signIn(await identity.person());
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.refresh(tokens.refresh_token)));
    expect(answers.filter(answer => answer.access_token).length).toBeLessThanOrEqual(1);
  });

  it('does not outlive eight hours, however often it is rotated', async () => {
    const { app, tokens } = await identity.signIn(await identity.person());
    await app.refresh(tokens.refresh_token);
    const [row] = await identity.asOwner(
      `select max((payload->>'exp')::int - (payload->>'iiat')::int) as life from oidc_record where model = 'RefreshToken'`,
    );
    expect(row.life).toBeLessThanOrEqual(8 * 3600 + 5);
  });

  it.each([['suspendAccount'], ['resetPassword']])('and the session end at once with %s', async mutation => {
    const person = await identity.person();
    const { app, tokens } = await identity.signIn(person);
    expect(await isSignedIn(app)).toBe(true);
    await change(mutation, person);
    expect(await app.refresh(tokens.refresh_token)).toMatchObject(invalid);
    expect(await isSignedIn(app)).toBe(false);
    expect((await identity.signIn(person)).tokens.error).toBeDefined();
  });

  it('and the session end at once with endSessions, after which the person signs in with the same password', async () => {
    const person = await identity.person();
    const { app, tokens } = await identity.signIn(person);
    const another = await identity.signIn(await identity.person());
    await change('endSessions', person);
    expect(await app.refresh(tokens.refresh_token)).toMatchObject(invalid);
    expect(await isSignedIn(app)).toBe(false);
    expect((await another.app.refresh(another.tokens.refresh_token)).access_token).toBeDefined();
    const { account } = await identity.get(city, 'query ($n: String!) { account(loginName: $n) { sessionsEndedAt } }', {
      n: person.loginName,
    });
    expect(Date.now() - Date.parse(account.sessionsEndedAt)).toBeLessThan(60_000);
    expect((await identity.signIn(person)).tokens.access_token).toBeDefined();
  });

  it('is of use again only after a new sign-in, once the account is let in', async () => {
    const person = await identity.person();
    const { app, tokens } = await identity.signIn(person);
    await change('suspendAccount', person);
    await change('unsuspendAccount', { ...person, version: person.version + 1 });
    expect(await app.refresh(tokens.refresh_token)).toMatchObject(invalid);
    expect((await identity.signIn(person)).tokens.access_token).toBeDefined();
  });

  it('ends when its grant is revoked or runs out', async () => {
    const revoked = await identity.person();
    const { app, tokens } = await identity.signIn(revoked);
    const { account } = await identity.get(city, `query ($n: String!) { account(loginName: $n) { grants { id version } } }`, {
      n: revoked.loginName,
    });
    const [grant] = account.grants;
    await identity.get(city, `mutation ($input: RevokeGrant!) { revokeGrant(input: $input) { revokedBy isValid } }`, {
      input: { id: grant.id, expectedVersion: grant.version, reason: '离职' },
    });
    expect(await app.refresh(tokens.refresh_token)).toMatchObject(invalid);

    const ended = await identity.person();
    const other = await identity.signIn(ended);
    await identity.asOwner('update access_grant set valid_to = now() where account_id = $1', [ended.id]);
    expect(await other.app.refresh(other.tokens.refresh_token)).toMatchObject(invalid);
  });

  it('ends with a session that was not used for an hour; each use counts the hour anew', async () => {
    const person = await identity.person();
    const { app, tokens } = await identity.signIn(person);
    const of = `where model = 'Session' and account_id = $1`;
    const left = async () => {
      const [row] = await identity.asOwner(`select max(extract(epoch from expires_at - now())) as left from oidc_record ${of}`, [
        person.id,
      ]);
      return Number(row.left);
    };
    const idleFor = (seconds: number) =>
      identity.asOwner(`update oidc_record set expires_at = expires_at - make_interval(secs => $2) ${of}`, [person.id, seconds]);
    await idleFor(3_000);
    expect(await left()).toBeLessThanOrEqual(600);
    const next = await app.refresh(tokens.refresh_token);
    expect(next.access_token).toBeDefined();
    expect(await left()).toBeGreaterThan(3_500);
    await idleFor(3_000);
    expect(await isSignedIn(app)).toBe(true);
    expect(await left()).toBeGreaterThan(3_500);
    await idleFor(3_601);
    expect(await app.refresh(next.refresh_token)).toMatchObject(invalid);
    expect(await isSignedIn(app)).toBe(false);
  });

  it('ends with the working day of its sign-in, however often it and its session are used', async () => {
    const person = await identity.person();
    const { app, tokens } = await identity.signIn(person);
    const of = `where model = 'Session' and account_id = $1`;
    await identity.asOwner(
      `update oidc_record set payload = jsonb_set(jsonb_set(payload::jsonb, '{exp}', to_jsonb(floor(extract(epoch from now())) + 60)),
         '{loginTs}', to_jsonb(floor(extract(epoch from now())) + 60 - 8 * 3600)) ${of}`,
      [person.id],
    );
    const left = async () => {
      const [row] = await identity.asOwner(`select min(extract(epoch from expires_at - now())) as left from oidc_record ${of}`, [
        person.id,
      ]);
      return Number(row.left);
    };
    await app.refresh(tokens.refresh_token);
    expect(await left()).toBeLessThanOrEqual(60);
    expect(await isSignedIn(app)).toBe(true);
    expect(await left()).toBeLessThanOrEqual(60);
  });

  it('ends with signing out', async () => {
    const { app, tokens } = await identity.signIn(await identity.person());
    const end = `/identity/session/end?${new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: app.redirect })}`;
    const page = await app.browser.follow(await app.browser.open(end));
    expect(page.text).toContain('退出登录');
    const xsrf = /name="xsrf" value="(\w+)"/.exec(page.text)![1]!;
    const after = await app.browser.follow(await app.browser.open('/identity/session/end/confirm', { xsrf, logout: 'yes' }));
    expect(after.url).toBe(app.redirect);
    expect(await app.refresh(tokens.refresh_token)).toMatchObject(invalid);
    expect(await isSignedIn(app)).toBe(false);
  });
});

describe('an authorization code', () => {
  it('is good once', async () => {
    const { app } = await identity.signIn(await identity.person());
    const { url } = await app.begin();
    const tokens = await app.exchange(url);
    expect(tokens.access_token).toBeDefined();
    expect(await app.exchange(url)).toMatchObject(invalid);
    expect(await app.refresh(tokens.refresh_token)).toMatchObject(invalid);
  });

  it('is worth nothing once the account is suspended', async () => {
    const person = await identity.person();
    const { app } = await identity.signIn(person);
    const { url } = await app.begin();
    await change('suspendAccount', person);
    expect(await app.exchange(url)).toMatchObject(invalid);
  });
});
