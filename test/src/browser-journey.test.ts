import { defaultScopes } from '@hub/identity/scopes';
import { Application, everything, strongPassword } from '@hub/identity/test-identity';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { Page } from 'playwright-core';
import { barriers, type TestBrowser, tabTo, testBrowser } from './browser.ts';
import { eventually } from './eventually.ts';
import { dashboard } from './journeys.ts';
import { type TestHub, testHub } from './test-hub.ts';

/** Long enough for a step on a slow machine, short enough to wait for the end of. */
const tokenSeconds = 25;

let hub: TestHub;
let browser: TestBrowser;
beforeAll(async () => {
  process.env.HUB_TOKEN_SECONDS = String(tokenSeconds);
  hub = await testHub({ sample: true });
  browser = await testBrowser();
}, 600_000);
afterAll(async () => {
  delete process.env.HUB_TOKEN_SECONDS;
  await browser?.close();
  await hub?.stop();
});

const officer = { loginName: 'nanguan.officer', displayName: '王芳', divisionCode: '220102' };
const button = (page: Page, name: RegExp) => page.getByRole('button', { name });

/** Tokens a page was given, the newest last. */
function tokensOf(page: Page): { access_token: string; refresh_token: string }[] {
  const tokens: { access_token: string; refresh_token: string }[] = [];
  page.on('response', response => {
    if (response.url().endsWith('/identity/token') && response.ok())
      void response.json().then(
        given => tokens.push(given),
        () => undefined,
      );
  });
  return tokens;
}

/** The editor keeps Tab for itself; an Escape may go to its suggestions first. */
async function leaveEditor(page: Page): Promise<void> {
  for (let presses = 0; presses < 2; presses++) await page.keyboard.press('Escape');
}

async function press(page: Page, name: RegExp): Promise<void> {
  await leaveEditor(page);
  await tabTo(page, button(page, name));
  await page.keyboard.press('Enter');
}

/** Opens the hub and goes to its sign-in page. */
async function toSignIn(page: Page): Promise<void> {
  await page.goto(`${hub.url}/graphql`);
  await page.getByText('未登录 Not signed in').waitFor();
  expect(await barriers(page)).toEqual([]);
  await press(page, /登录 Sign in/);
  await page.getByRole('heading', { name: '登录 Sign in' }).waitFor();
}

/** Where the sign-in page has put the focus: name, Tab, password, Enter. */
async function giveName(page: Page, loginName: string, password: string): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  await tabTo(page, page.getByLabel('登录名 Login name'));
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(loginName);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(password);
  await page.keyboard.press('Enter');
}

async function changePassword(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '修改密码 Change the password' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.insertText(strongPassword);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(strongPassword);
  await page.keyboard.press('Enter');
}

async function chooseRole(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('heading', { name: '选择身份 Choose a role' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  const radio = page.getByRole('radio', { name });
  for (let presses = 0; presses < 5 && !(await radio.isChecked()); presses++) await page.keyboard.press('ArrowDown');
  expect(await radio.isChecked()).toBe(true);
  await page.keyboard.press('Enter');
}

async function expectSignedIn(page: Page, text: string): Promise<void> {
  await page.getByRole('status').getByText(text).waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect((await page.getByRole('alert').allTextContents()).join('')).toBe('');
  expect(await barriers(page)).toEqual([]);
}

/** Pastes a query into the editor and runs it; answers what the page shows. */
async function run(page: Page, query: string): Promise<any> {
  const [editor, shown] = ['.graphiql-query-editor .CodeMirror', '.result-window .CodeMirror'];
  await page.locator(shown).evaluate(element => (element as any).CodeMirror.setValue(''));
  await leaveEditor(page);
  await tabTo(page, page.locator(`${editor} textarea`));
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(query);
  // GraphiQL reads the operation's name a moment after it was typed.
  await page
    .locator('.graphiql-tab-active')
    .getByText(/\w+/.exec(query.replace('query', ''))![0], { exact: true })
    .waitFor();
  await page.keyboard.press('Control+Enter');
  return eventually(async () => {
    const text = await page.locator(shown).evaluate(element => (element as any).CodeMirror.getValue() as string);
    return JSON.parse(text);
  }, 30_000);
}

/** Signs the administrator in to an application of theirs: the explorer asks for no such rights. */
async function asAdministrator(): Promise<string> {
  const app = new Application(hub.url);
  const page = await app.begin(everything);
  const end = await app.post(page.url, 'sign-in', { loginName: hub.administrator!.loginName, password: strongPassword });
  return (await app.exchange(end.url)).access_token;
}

async function administer(token: string, query: string, input: object): Promise<any> {
  const response = await fetch(`${hub.url}/identity/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const refusal = async (token: string) => (await hub.ask(token, '{ __typename }')).errors?.[0]?.extensions.code;

/** Waits for the end of a token's life, which ends by itself. */
const untilDead = (token: string) =>
  eventually(async () => expect(await refusal(token)).toBe('UNAUTHENTICATED'), 3 * tokenSeconds * 1000);

describe('by keyboard, in a browser', () => {
  let oneTime: { officer: string; nobody: string };
  let page: Page;
  let tokens: ReturnType<typeof tokensOf>;

  it('the first administrator signs in, has to change the password, and invites an officer', async () => {
    const own = await browser.open();
    const given = tokensOf(own);
    await toSignIn(own);
    await giveName(own, hub.administrator!.loginName, hub.administrator!.password);
    await changePassword(own);
    await expectSignedIn(own, '管理员 (admin) · 委员会 Committee 220100');
    const { access_token: withoutRights } = await eventually(
      async () => given.at(-1) ?? Promise.reject(new Error('no token yet')),
    );
    expect(String(decodeJwt(withoutRights).scope)).not.toMatch(/people:personal|accounts:write/);
    const access_token = await asAdministrator();
    const { inviteAccount } = await administer(
      access_token,
      'mutation ($input: InviteAccount!) { inviteAccount(input: $input) { oneTimePassword account { id } } }',
      {
        ...officer,
        grant: {
          role: 'COMMITTEE',
          division: '220102',
          scopes: [...defaultScopes('COMMITTEE'), 'people:personal'],
          reason: '区委员会经办人',
        },
      },
    );
    await administer(access_token, 'mutation ($input: GrantRights!) { grantRights(input: $input) { id } }', {
      accountId: inviteAccount.account.id,
      role: 'AUDITOR',
      division: '220102',
      reason: '年度审计',
    });
    const { createAccount } = await administer(
      access_token,
      'mutation ($input: CreateAccount!) { createAccount(input: $input) { oneTimePassword } }',
      { loginName: 'new.colleague', displayName: '新同事', divisionCode: '220102' },
    );
    oneTime = { officer: inviteAccount.oneTimePassword, nobody: createAccount.oneTimePassword };
    // The one-time password was for once, and the identity service's own farewell is there without an application, too.
    await own.goto(`${hub.url}/identity/session/end`);
    await own.getByRole('heading', { name: '退出登录 Sign out' }).waitFor();
    await own.keyboard.press('Enter');
    await own.getByText('您已退出登录。 You have signed out.').waitFor();
    expect(await barriers(own)).toEqual([]);
    await toSignIn(own);
    await giveName(own, hub.administrator!.loginName, hub.administrator!.password);
    await own.getByRole('alert').getByText('登录名或密码不正确。 The login name or the password is not right.').waitFor();
    await own.context().close();
  });

  it('the officer signs in as one of two roles and changes the password', async () => {
    page = await browser.open();
    tokens = tokensOf(page);
    await toSignIn(page);
    await giveName(page, officer.loginName, oneTime.officer);
    await changePassword(page);
    await chooseRole(page, /委员会 Committee/);
    await expectSignedIn(page, '王芳 (nanguan.officer) · 委员会 Committee 220102');
  });

  it('runs the dashboard in GraphiQL and sees the county only', async () => {
    const query = dashboard
      .replace('($division: String!)', '')
      .replace('$division', '"220102"')
      .replace(
        /}$/,
        ` all: organisations(first: 200) { totalCount nodes { id division { code } } }
          neighbour: division(code: "220104") { organisationFigures { organisations } } }`,
      );
    const { data, errors } = await run(page, query);
    expect(errors).toBeUndefined();
    const { division, all, neighbour } = data;
    expect([division.code, neighbour.organisationFigures]).toEqual(['220102', null]);
    expect(new Set(all.nodes.map((node: any) => node.division.code))).toEqual(new Set(['220102']));
    // What the city sees of the county, and that there is more to see.
    const { organisations } = await hub.get(
      { role: 'COMMITTEE', division: '220100' },
      '{ organisations(first: 200) { nodes { id division { code } } } }',
    );
    const county = organisations.nodes.filter((node: any) => node.division.code === '220102').map((node: any) => node.id);
    expect(organisations.nodes.length).toBeGreaterThan(county.length);
    expect(all.nodes.map((node: any) => node.id).toSorted()).toEqual(county.toSorted());
    expect(division.organisations.nodes.length).toBeGreaterThan(0);
    for (const { id } of division.organisations.nodes) expect(county).toContain(id);
    expect(division.people.totalCount).toBeGreaterThan(0);
  });

  it('shows personal data when it is asked for, without the password once more', async () => {
    const names = 'query Names { people(first: 5) { nodes { name } } }';
    const shown = async () => (await run(page, names)).data.people.nodes.map(({ name }: { name: string }) => name);
    for (const name of await shown()) expect(name).toMatch(/^.\*$/u);
    await press(page, /显示个人信息 Show personal data/);
    await page.waitForURL(`${hub.url}/graphql`);
    await expectSignedIn(page, '王芳 (nanguan.officer) · 委员会 Committee 220102');
    await eventually(async () => expect(await button(page, /显示个人信息/).isHidden()).toBe(true));
    for (const name of await shown()) expect(name).not.toContain('*');
  });

  it('goes on working when a token has ended, with the next one, and after a reload', async () => {
    const first = tokens.at(-1)!.access_token;
    await untilDead(first);
    expect((await run(page, 'query Later { organisations { totalCount } }')).data.organisations.totalCount).toBeGreaterThan(0);
    // What a page was given is read after the page has it.
    await eventually(async () => expect(tokens.at(-1)!.access_token).not.toBe(first));
    await page.reload();
    await expectSignedIn(page, '王芳 (nanguan.officer) · 委员会 Committee 220102');
  });

  it('takes another role, and a token pasted under Headers instead', async () => {
    await press(page, /换身份 Switch role/);
    await chooseRole(page, /审计 Auditor/);
    await expectSignedIn(page, '王芳 (nanguan.officer) · 审计 Auditor 220102');
    await page.getByRole('button', { name: 'Headers', exact: true }).press('Enter');
    const headers = page.locator('.graphiql-editor-tool .CodeMirror:visible');
    await headers.locator('textarea').focus();
    await page.keyboard.insertText(JSON.stringify({ authorization: 'Bearer of.no.worth' }));
    await eventually(async () => {
      const { errors } = await run(page, 'query Pasted { organisations { totalCount } }');
      expect(errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
    });
  });

  it('signs out, and the token is dead after its life', async () => {
    const { access_token, refresh_token } = tokens.at(-1)!;
    const { exp, iat } = decodeJwt(access_token);
    expect(exp! - iat!).toBe(tokenSeconds);
    await press(page, /退出 Sign out/);
    await page.getByRole('heading', { name: '退出登录 Sign out' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('未登录 Not signed in').waitFor();
    expect(await new Application(hub.url).refresh(refresh_token)).toMatchObject({ error: 'invalid_grant' });
    await untilDead(access_token);
    await page.reload();
    await page.getByText('未登录 Not signed in').waitFor();
    await press(page, /登录 Sign in/);
    await page.getByRole('heading', { name: '登录 Sign in' }).waitFor();
  });

  it('can be cancelled, and says so', async () => {
    await press(page, /取消 Cancel/);
    await page.getByRole('alert').getByText('登录已取消。 The sign-in was cancelled.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it('tells somebody to whom nothing is granted', async () => {
    const own = await browser.open();
    await toSignIn(own);
    await giveName(own, 'new.colleague', oneTime.nobody);
    await changePassword(own);
    await own.getByRole('alert').getByText('Nothing is granted to your account at present').waitFor();
    expect(await barriers(own)).toEqual([]);
    await own.context().close();
  });

  it('locks after five wrong passwords, and says so in both languages', async () => {
    const own = await browser.open();
    await toSignIn(own);
    const alert = own.getByRole('alert');
    for (let attempt = 1; attempt <= 5; attempt++) {
      const answered = own.waitForResponse(response => response.request().method() === 'POST');
      await giveName(own, officer.loginName, `不是这个密码${attempt}`);
      expect((await answered).status()).toBe(attempt < 5 ? 401 : 429);
      await alert.getByText(attempt < 5 ? '登录名或密码不正确' : '密码错误次数过多').waitFor();
    }
    expect(await alert.textContent()).toBe(
      '密码错误次数过多（5 次），请在 15 分钟后再试。 Too many wrong passwords (5): try again in 15 minutes.',
    );
    expect(await barriers(own)).toEqual([]);
    const answered = own.waitForResponse(response => response.request().method() === 'POST');
    await giveName(own, officer.loginName, strongPassword);
    expect((await answered).status()).toBe(429);
    await own.context().close();
  });

  it('has words for what cannot go on', async () => {
    const own = await browser.open();
    for (const [path, words] of [
      ['/identity/auth?client_id=nobody', '无法继续，请返回后重新登录。 This cannot go on'],
      ['/identity/interaction/none', '登录页面已过期，请返回后重新登录。 The sign-in page has expired'],
      ['/graphql?code=made-up&state=made-up', '登录应答不属于本页面，请重新登录。 This answer belongs to no sign-in'],
    ]) {
      await own.goto(hub.url + path);
      await own.getByRole('alert').getByText(words!).waitFor();
      expect(await barriers(own)).toEqual([]);
    }
    await own.context().close();
  });

  it('connects to nothing but this machine', async () => {
    expect(await browser.close()).toEqual([]);
  });
});
