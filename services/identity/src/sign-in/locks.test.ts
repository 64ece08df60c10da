import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Application, Browser, strongPassword, type TestIdentity, testIdentity } from '../test-identity.ts';
import { guessesPerAddress, guessesPerName } from './guess.ts';
import { weakness } from './weakness.ts';

let identity: TestIdentity;
let directory: string;
let file: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'security-'));
  file = join(directory, 'security.log');
  process.env.HUB_SECURITY_LOG = file;
  identity = await testIdentity();
});
afterAll(async () => {
  await identity?.stop();
  delete process.env.HUB_SECURITY_LOG;
  await rm(directory, { recursive: true });
});

/** Somebody who comes by the gateway from an address of their own. */
class From extends Browser {
  constructor(
    base: string,
    readonly address: string,
  ) {
    super(base);
  }

  override open(path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return super.open(path, form, { ...headers, 'x-forwarded-for': this.address });
  }
}

const at = (address: string) => new Application(identity.url, new From(identity.url, address));
const tries = async (app: Application, loginName: string, password: string) => {
  const page = await app.begin();
  return (await app.post(page.url, 'sign-in', { loginName, password })).status;
};
const lines = async () =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));

describe('a name that an outsider keeps guessing', () => {
  it('is locked to those who never signed in with it, and open to its owner where they did', async () => {
    const person = await identity.person();
    const own = at('10.0.0.1');
    const page = await own.begin();
    await own.post(page.url, 'sign-in', { loginName: person.loginName, password: person.password });
    const outsider = at('203.0.113.7');
    const told = [];
    for (let i = 0; i < guessesPerName + 2; i++) told.push(await tries(outsider, person.loginName, 'wrong-wrong-wrong'));
    expect(told).toEqual([401, 401, 401, 401, 429, 429, 429]);
    expect(await tries(at('203.0.113.8'), person.loginName, person.password)).toBe(429);
    const again = await own.begin({ prompt: 'login' });
    const end = await own.post(again.url, 'sign-in', { loginName: person.loginName, password: person.password });
    expect((await own.exchange(end.url)).access_token).toBeDefined();
  });

  it('has few guesses in a known browser, too, and a forged cookie makes none known', async () => {
    const person = await identity.person();
    const own = at('10.0.0.2');
    const page = await own.begin();
    await own.post(page.url, 'sign-in', { loginName: person.loginName, password: person.password });
    const told = [];
    for (let i = 0; i < guessesPerName + 1; i++) {
      const { url } = await own.begin({ prompt: 'login' });
      told.push((await own.post(url, 'sign-in', { loginName: person.loginName, password: 'wrong-wrong-wrong' })).status);
    }
    expect(told.slice(-2)).toEqual([429, 429]);
    const forger = at('10.0.0.3');
    const start = await forger.begin();
    const headers = { cookie: `hub_known=${person.id}.AAAAAAAAAAAAAAAA.${'A'.repeat(43)}` };
    for (let i = 0; i < guessesPerName; i++) await tries(at('10.0.0.4'), person.loginName, 'wrong-wrong-wrong');
    const form = { loginName: person.loginName, password: person.password };
    expect([401, 429, 400]).toContain((await forger.browser.open(`${start.url}/sign-in`, form, headers)).status);
  });
});

describe('an address', () => {
  it('that guesses at many names is locked, and others behind the same gateway are not', async () => {
    const guesser = at('198.51.100.9');
    for (let i = 0; i <= guessesPerAddress; i++) await tries(guesser, `nobody-${i}`, 'wrong-wrong-wrong');
    const person = await identity.person();
    expect(await tries(guesser, person.loginName, person.password)).toBe(429);
    expect(await tries(at('198.51.100.10'), person.loginName, person.password)).not.toBe(429);
  });
});

describe('a one-time password', () => {
  it('that was left for 72 hours stands no more, and says so', async () => {
    const loginName = `late${Date.now()}`;
    const invite = `mutation ($input: CreateAccount!) { createAccount(input: $input) { oneTimePassword account { id } } }`;
    const input = { loginName, displayName: '张迟到', divisionCode: '220102' };
    const scopes = ['accounts:read', 'accounts:write'];
    const { createAccount } = await identity.get({ role: 'COMMITTEE', division: '220102', scopes }, invite, { input });
    const age = (hours: number) =>
      identity.asOwner(`update password set created_at = now() - make_interval(hours => $2) where account_id = $1`, [
        createAccount.account.id,
        hours,
      ]);
    const signIn = async () => {
      const app = at('10.0.0.5');
      const page = await app.begin();
      return app.post(page.url, 'sign-in', { loginName, password: createAccount.oneTimePassword });
    };
    await age(73);
    const ended = await signIn();
    expect([ended.status, /72/.test(ended.text)]).toEqual([401, true]);
    await age(71);
    expect((await signIn()).status).toBe(200);
  });
});

describe('a new password', () => {
  const whose = { loginName: 'zhang.wei', displayName: '张伟', email: 'zhangwei@example.org' };
  it.each([
    'password123',
    '1234567890',
    'qwertyuiop',
    'P@ssw0rd!!',
    'changchun2026',
    'zhangwei2026',
    'iloveyou12',
    'aaaaabbbbb1',
    'x'.repeat(250),
  ])('that others would guess is refused: %s', async password =>
    expect(await weakness(password, whose)).toMatch(/^密码.*[A-Za-z]/),
  );
  it.each([strongPassword, 'correct horse battery', 'ljx#8dk2mQ7w'])(
    'of words that have nothing to do with each other will do: %s',
    async password => expect(await weakness(password, whose)).toBeUndefined(),
  );
});

describe('the security log', () => {
  it('tells who signed in, who failed and from where, by ids and without a password or a name', async () => {
    const person = await identity.person();
    await tries(at('192.0.2.1'), person.loginName, 'wrong-wrong-wrong');
    await tries(at('192.0.2.1'), person.loginName, person.password);
    const mine = (await lines()).filter(({ accountId }) => accountId === person.id);
    expect(mine.map(({ event, address }) => [event, address]).slice(-2)).toEqual([
      ['sign-in-failed', '192.0.2.1'],
      ['signed-in', '192.0.2.1'],
    ]);
    expect((await lines()).some(({ event, what }) => event === 'administered' && what === 'inviteAccount')).toBe(true);
    const text = await readFile(file, 'utf8');
    for (const secret of [person.password, person.loginName, 'wrong-wrong-wrong', '张测试', 'Bearer'])
      expect(text).not.toContain(secret);
  });
});
