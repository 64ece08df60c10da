import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Application, basic, strongPassword } from '@hub/identity/test-identity';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestHub, testHub } from './test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: false, together: true });
}, 120_000);
afterAll(() => hub?.stop());

interface Outcome {
  code: number;
  out: string;
  err: string;
}

const command = join(import.meta.dirname, '..', '..', 'services', 'launcher', 'dist', 'account.js');

/** `npm run -s account -- …` */
const account = (args: string[], env: object = {}) =>
  new Promise<Outcome>(resolve => {
    const all = { ...process.env, HUB_DATA: hub.dataDirectory, HUB_PORT: new URL(hub.url).port, ...env };
    execFile(process.execPath, [command, ...args], { env: all }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

async function done(...args: string[]): Promise<string> {
  const { code, out, err } = await account(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

const after = (label: string, text: string) => new RegExp(`^${label}\\s+(\\S+)$`, 'm').exec(text)?.[1] ?? '';
const officer = ['--name', '王芳', '--division', '220102', '--role', 'committee', '--at', '220102', '--reason', '区委员会经办人'];

async function signIn(loginName: string, password: string) {
  const app = new Application(hub.url);
  const page = await app.begin();
  return { app, ...(await app.post(page.url, 'sign-in', { loginName, password })), page };
}

describe('npm run account', () => {
  it('invites somebody, who signs in with the password shown', async () => {
    const out = await done('invite', 'wang.fang', ...officer);
    const { app, page, text } = await signIn('wang.fang', after('one-time password', out));
    expect(text).toContain('New password');
    const end = await app.post(page.url, 'password', { password: strongPassword, again: strongPassword });
    const { access_token } = await app.exchange(end.url);
    expect((await hub.get(access_token, '{ people { totalCount } }')).people.totalCount).toBe(0);
    expect(await done('list')).toMatch(/^wang\.fang\s+王芳\s+220102\s+active\s+COMMITTEE 220102$/m);
  });

  it('resets, suspends and lets in again, with the reason in the history', async () => {
    await done('create', 'li.na', '--name', '李娜', '--division', '220104');
    const reset = await done('reset', 'li.na', '--reason', '忘记密码');
    expect((await signIn('li.na', after('one-time password', reset))).text).toContain('New password');
    await done('suspend', 'li.na', '--reason', '休假');
    expect((await signIn('li.na', after('one-time password', reset))).status).toBe(401);
    expect(await done('list', 'accounts')).toMatch(/^li\.na .*suspended/m);
    await done('unsuspend', 'li.na');
    expect(await done('history', 'li.na')).toMatch(/UPDATED\s+operator:commands\s+休假/);
  });

  it('ends the sessions of somebody, who signs in again with the same password', async () => {
    const out = await done('invite', 'zhao.lei', ...officer);
    const { app, page } = await signIn('zhao.lei', after('one-time password', out));
    const end = await app.post(page.url, 'password', { password: strongPassword, again: strongPassword });
    const { refresh_token } = await app.exchange(end.url);
    expect(await done('end-sessions', 'zhao.lei', '--reason', '遗失手机')).toContain('signed out everywhere');
    expect(await app.refresh(refresh_token)).toMatchObject({ error: 'invalid_grant' });
    expect((await signIn('zhao.lei', strongPassword)).url).toContain('code=');
    expect(await done('history', 'zhao.lei')).toMatch(/UPDATED\s+operator:commands\s+遗失手机/);
  });

  it('acts for the whole installation, whatever its division is', async () => {
    for (const env of [{ HUB_ADMIN_DIVISION: '350100' }, { HUB_ADMIN_DIVISION: '350100', HUB_OPERATOR_DIVISION: '350102' }]) {
      const { code, out, err } = await account(['list', 'accounts'], env);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/^admin\s/m);
      expect((await account(['history', 'admin'], env)).out).toMatch(/CREATED/);
    }
  });

  it('grants and revokes', async () => {
    await done('create', 'zhao.min', '--name', '赵敏', '--division', '220102');
    const granted = await done(
      'grant',
      'zhao.min',
      '--role',
      'AUDITOR',
      '--at',
      '220102',
      '--reason',
      '年度审计',
      '--to',
      '2099-01-31',
    );
    const id = /\(grant ([\w-]+)\)/.exec(granted)![1]!;
    expect(await done('list', 'grants')).toMatch(new RegExp(`^${id}\\s+zhao\\.min\\s+AUDITOR\\s+220102\\s+yes`, 'm'));
    await done('revoke', id, '--reason', '审计结束');
    expect(await done('list', 'grants')).toMatch(new RegExp(`^${id}\\s+zhao\\.min\\s+AUDITOR\\s+220102\\s+no`, 'm'));
    expect(await account(['revoke', id, '--reason', '再次'])).toMatchObject({
      code: 1,
      err: 'NOT_ALLOWED: The grant is revoked already.\n',
    });
  });

  it('registers a client and changes its secret', async () => {
    const terms = ['--role', 'REPORTING', '--at', '220100', '--reason', '月度报表'];
    const first = after('client secret', await done('client', 'reports', '--name', '报表', '--division', '220100', ...terms));
    const second = after('client secret', await done('rotate', 'reports'));
    const works = async (secret: string) => {
      const tokens = await new Application(hub.url).token({ grant_type: 'client_credentials' }, basic('reports', secret));
      return tokens.access_token !== undefined;
    };
    expect([await works(first), await works(second)]).toEqual([true, true]);
    await done('rotate', 'reports', '--end-old');
    expect([await works(first), await works(second)]).toEqual([false, true]);
    await done('suspend', 'client:reports');
    expect(await works(second)).toBe(false);
    expect(await done('list', 'clients')).toMatch(/^reports\s+报表\s+220100\s+suspended/m);
  });

  it('shows the secret of a client that was made and not granted what was asked, and says what to do next', async () => {
    const terms = ['--role', 'REPORTING', '--at', '220104', '--reason', '月度报表'];
    const { code, out } = await account(['client', 'half-done', '--name', '半成', '--division', '220102', ...terms]);
    expect(code).toBe(1);
    expect(after('client secret', out)).toMatch(/^[\w-]{43}$/);
    expect(out).toContain('was not granted what was asked: NOT_ALLOWED: ');
    expect(out).toContain('Next: npm run -s account -- grant client:half-done --role ROLE --at CODE --reason TEXT');
    expect(await done('grant', 'client:half-done', ...terms.with(3, '220102'))).toContain('is granted REPORTING at 220102');
  });

  it('changes the signing key, not sooner than verifiers have seen the next', async () => {
    expect(await account(['rotate-key'])).toMatchObject({ code: 1, err: expect.stringMatching(/^NOT_ALLOWED: The next key/) });
  });

  it('explains itself and exits with 2 when it is typed wrongly', async () => {
    for (const args of [
      [],
      ['promote', 'x'],
      ['create', 'x'],
      ['reset'],
      ['list', 'kings'],
      ['list', '--what'],
      ['revoke', 'x'],
      ['rotate', 'x', '--keep-hours', 'y'],
    ]) {
      const { code, out, err } = await account(args);
      expect([args, code, out]).toEqual([args, args[0] === 'rotate' ? 1 : 2, '']);
      if (code === 2) expect(err).toContain('Example: npm run -s account -- invite wang.fang');
    }
  });

  it('says in one line what went wrong', async () => {
    expect((await account(['reset', 'nobody'])).err).toBe('There is no account nobody.\n');
    expect((await account(['invite', 'wang.fang', ...officer])).err).toBe('CONFLICT: A row with this key exists already.\n');
    const nowhere = await account(['list'], { HUB_PORT: '1' });
    expect(nowhere).toEqual({
      code: 1,
      out: '',
      err: 'No hub runs at http://127.0.0.1:1: start it with "npm start", or set HUB_PORT to its port.\n',
    });
  });

  it('keeps one-time passwords and secrets out of every log', async () => {
    const password = after('one-time password', await done('reset', 'wang.fang'));
    for (const text of Object.values(await hub.logs())) {
      expect(text).not.toContain(password);
      expect(text).not.toContain(hub.administrator!.password);
    }
  });
});
