import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { forgetExpired } from '../forget-expired.ts';
import { type Application, city, county, type Person, type TestIdentity, testIdentity } from '../test-identity.ts';
import { signInsKept } from './signed-in.ts';

let identity: TestIdentity;
let person: Person;
beforeAll(async () => {
  identity = await testIdentity();
  person = await identity.person();
});
afterAll(() => identity?.stop());

const look =
  'query ($n: String!) { account(loginName: $n) { lastSignedInAt signIns { at address browser isBySecondFactor isOpen } } }';
const seen = async (of: Person = person) => (await identity.get(city, look, { n: of.loginName })).account;

/** Signs in and stops at the page of the account. */
async function manage(): Promise<{ app: Application; url: string; text: string }> {
  const { app } = await identity.signIn(person);
  const page = await app.begin({ prompt: 'login' });
  const { loginName, password } = person;
  const { text } = await app.post(page.url, 'sign-in', { loginName, password, factors: 'yes' });
  return { app, url: page.url, text };
}

describe('the sign-ins of an account', () => {
  it('are seen by its administrator, the newest first, each with its address and browser', async () => {
    // The first one gave the account its password.
    const { signIns: before } = await seen();
    const { app } = await identity.signIn(person);
    const { lastSignedInAt, signIns } = await seen();
    expect(signIns).toHaveLength(before.length + 1);
    expect(signIns[0]).toMatchObject({ address: '127.0.0.1', browser: expect.stringContaining('node'), isOpen: true });
    expect(signIns[0].isBySecondFactor).toBe(false);
    expect(lastSignedInAt).toBe(signIns[0].at);
    expect(Date.now() - Date.parse(lastSignedInAt)).toBeLessThan(60_000);
    // A browser that is signed in already has not signed in.
    expect((await app.begin()).url).toContain('code=');
    expect((await seen()).signIns).toHaveLength(signIns.length);
  });

  it('are not seen from another division', async () => {
    expect((await identity.get(county('220104'), look, { n: person.loginName })).account).toBeNull();
  });

  it.each(['organisation', 'partner', 'reporting', 'auditor'])('are nothing to the database role of %s', async role => {
    const client = new pg.Client({ connectionString: identity.database.url });
    await client.connect();
    try {
      await client.query(`begin; set local role hub_${role}`);
      expect((await client.query('select * from sign_in')).rows).toEqual([]);
      await expect(client.query(`select living_sessions('{}')`)).rejects.toThrow(/permission denied for function/);
    } finally {
      await client.end();
    }
  });

  it('no failure, and no sign-in that was not finished', async () => {
    const before = (await seen()).signIns.length;
    const { app } = await identity.signIn(await identity.person());
    const page = await app.begin({ prompt: 'login' });
    await app.post(page.url, 'sign-in', { loginName: person.loginName, password: 'not the password' });
    expect((await seen()).signIns).toHaveLength(before);
  });

  it('tell whether the session is open, until an administrator ends it', async () => {
    const one = await identity.person();
    await identity.signIn(one);
    expect((await seen(one)).signIns[0].isOpen).toBe(true);
    await identity.get(city, 'mutation ($input: ChangeAccount!) { endSessions(input: $input) { id } }', {
      input: { id: one.id, expectedVersion: one.version },
    });
    expect((await seen(one)).signIns.map(({ isOpen }: { isOpen: boolean }) => isOpen)).not.toContain(true);
  });

  it('are the last of half a year', async () => {
    await identity.asOwner(
      `insert into sign_in (id, account_id, at, address, browser, is_by_second_factor, session)
       select gen_random_uuid(), $1, now() - n * interval '1 minute', '192.0.2.1', '', false, 's' || n from generate_series(1, 60) n`,
      [person.id],
    );
    await identity.signIn(person);
    expect((await seen()).signIns).toHaveLength(signInsKept);
    await identity.asOwner(`update sign_in set at = at - interval '181 days' where account_id = $1 and address = '192.0.2.1'`, [
      person.id,
    ]);
    await forgetExpired(identity.orm);
    const { signIns } = await seen();
    expect(signIns.length).toBeGreaterThan(0);
    expect(signIns.map(({ address }: { address: string }) => address)).not.toContain('192.0.2.1');
  });
});

describe('the page of an account', () => {
  it('shows its owner where they signed in, and ends the other sessions', async () => {
    const elsewhere = await identity.signIn(person);
    const { app, url, text } = await manage();
    expect(text).toContain('最近的登录');
    expect(text).toContain('127.0.0.1');
    expect((await elsewhere.app.begin()).url).toContain('code=');
    const after = await app.post(url, 'end-others', {});
    expect(after.text).toContain('账号安全');
    expect((await elsewhere.app.begin()).text).toContain('登录名');
    expect(await elsewhere.app.refresh(elsewhere.tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' });
    const end = await app.post(url, 'factors-done', {});
    expect((await app.exchange(end.url)).access_token).toBeDefined();
  });
});
