import { type Person, type TestIdentity, testIdentity } from '@hub/identity/test-identity';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers, type TestBrowser, testBrowser } from './browser.ts';

let identity: TestIdentity;
let browser: TestBrowser;
beforeAll(async () => {
  // Passkeys are for names: no browser makes one for an address.
  identity = await testIdentity({}, { demand: 'administrators', hostname: 'localhost' });
  browser = await testBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await identity?.stop();
});

/** An authenticator in the machine, as a phone or a notebook has one; answers how to forget what it holds. */
async function authenticator(page: Page): Promise<() => Promise<void>> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async () => {
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
  };
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const press = (page: Page, name: RegExp) => page.getByRole('button', { name }).click();

/** Goes to the sign-in page of a new sign-in and gives name and password. */
async function begin(page: Page, person: Person, manage = false): Promise<void> {
  await page.goto(`${identity.url}/identity/auth?${await question()}`);
  await heading(page, '登录 Sign in').waitFor();
  await page.getByLabel('登录名 Login name').fill(person.loginName);
  await page.getByLabel('密码 Password', { exact: true }).fill(person.password);
  if (manage) await page.getByLabel('登录后查看账号安全 Account security').check();
  await press(page, /^登录 Sign in/);
}

const question = async () =>
  new URLSearchParams({
    client_id: 'hub-explorer',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${identity.url}/graphql`,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    prompt: 'login',
  });

const arrives = (page: Page) => page.waitForURL(/\/graphql\?code=/);

describe('a passkey', () => {
  let page: Page;
  let person: Person;
  let forget: () => Promise<void>;
  let recovery: string[];

  it('is added by an administrator, of whom it is demanded, with recovery codes', async () => {
    person = await identity.person({}, { scopes: ['people:read', 'accounts:read', 'accounts:write'] });
    page = await browser.open();
    const refused: string[] = [];
    page.on('console', message => {
      if (/content security policy/i.test(message.text())) refused.push(message.text());
    });
    forget = await authenticator(page);
    await begin(page, person);
    await heading(page, '两步验证 Second factor').waitFor();
    await page.getByText('What you may do asks for a second factor').waitFor();
    expect(await barriers(page)).toEqual([]);
    await press(page, /添加通行密钥 Add a passkey/);
    await heading(page, '恢复码 Recovery codes').waitFor();
    expect(await barriers(page)).toEqual([]);
    recovery = await page.locator('li code').allTextContents();
    expect(recovery).toHaveLength(10);
    await page.getByRole('link', { name: /I have kept them/ }).click();
    await page.getByText('还剩 10 个。 10 are left.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await press(page, /完成 Done/);
    await arrives(page);
    expect(refused).toEqual([]);
  });

  it('signs in, and nothing does in its place', async () => {
    await begin(page, person);
    await heading(page, '两步验证 Second factor').waitFor();
    expect(await barriers(page)).toEqual([]);
    await press(page, /使用通行密钥 Use a passkey/);
    await arrives(page);
    const [{ used, counter }] = await identity.asOwner(
      'select used_at is not null as used, counter::int from passkey where account_id = $1',
      [person.id],
    );
    expect([used, counter]).toEqual([true, expect.any(Number)]);
    // An answer made up, and one to no challenge of this sign-in.
    await begin(page, person);
    await heading(page, '两步验证 Second factor').waitFor();
    await page.locator('form[data-passkey]').evaluate(form => {
      const { response } = (form as any).elements;
      response.value = '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}';
      (form as any).submit();
    });
    await page.getByRole('alert').getByText('验证码或通行密钥不正确').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('that is lost is said so on the page, and a recovery code goes through', async () => {
    await forget();
    await begin(page, person);
    await press(page, /使用通行密钥 Use a passkey/);
    await page.getByRole('alert').getByText('The passkey could not be used').waitFor();
    await page.getByLabel('验证码 Code').fill(recovery[0]!);
    await press(page, /继续 Continue/);
    await arrives(page);
  });

  it('is removed by its owner, of whom another is demanded then', async () => {
    await begin(page, person, true);
    await page.getByLabel('验证码 Code').fill(recovery[1]!);
    await press(page, /继续 Continue/);
    await page.getByText('还剩 8 个。 8 are left.').waitFor();
    await press(page, /移除 Remove/);
    await page.getByText('What you may do asks for a second factor').waitFor();
    await page.context().close();
  });

  it('asks nothing outside this machine', async () => {
    expect(await browser.close()).toEqual([]);
  });
});
