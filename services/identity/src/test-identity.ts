import { createHash, randomBytes } from 'node:crypto';
import type { Peers } from '@hub/kit/peer';
import { installationIssuer, keySet, type Verify, verifierOf } from '@hub/kit/token';
import type { Role } from '@hub/kit/viewer';
import { freePort } from '@hub/launcher/free-port';
import { type TestDatabase, testDatabase } from '@hub/test/test-database';
import { testJwks, testToken } from '@hub/test/test-tokens';
import { createLocalJWKSet } from 'jose';
import pg from 'pg';
import type { Demand } from './factor/demand.ts';
import { scopes } from './scopes.ts';
import { type RunningIdentity, serveIdentity } from './serve-identity.ts';

export interface Viewing {
  role: Role;
  division: string;
  scopes?: readonly string[];
  actor?: string;
}

export interface Answer {
  data?: any;
  errors?: { message: string; extensions: { code: string } & Record<string, unknown> }[];
}

export interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string;
  error?: string;
}

export const strongPassword = '春眠不觉晓，处处闻啼鸟';

/** Somebody's browser: follows nothing by itself, keeps cookies by path. */
export class Browser {
  private readonly cookies = new Map<string, { name: string; value: string; path: string }>();

  constructor(readonly base: string) {}

  async open(address: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const url = new URL(address, this.base);
    const cookie = [...this.cookies.values()]
      .filter(({ path }) => url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie && { cookie }), ...headers },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** Follows redirects within the identity service; answers where it ended and what stood there. */
  async follow(response: Response): Promise<{ url: string; status: number; text: string }> {
    let url = response.url;
    for (let location = response.headers.get('location'); location; location = response.headers.get('location')) {
      url = new URL(location, url).href;
      if (!new URL(url).pathname.startsWith('/identity/')) return { url, status: response.status, text: '' };
      response = await this.open(url);
    }
    return { url, status: response.status, text: await response.text() };
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split(/=(.*)/);
    const path = attributes.find(attribute => attribute.startsWith('path='))?.slice(5) ?? '/';
    if (value) this.cookies.set(`${name} ${path}`, { name, value, path });
    else this.cookies.delete(`${name} ${path}`);
  }
}

/** An application's half of a sign-in. */
export class Application {
  readonly verifier = randomBytes(32).toString('base64url');
  readonly redirect: string;

  constructor(
    readonly base: string,
    readonly browser = new Browser(base),
  ) {
    this.redirect = `${base}/graphql`;
  }

  authorizationUrl(more: Record<string, string> = {}): string {
    const challenge = createHash('sha256').update(this.verifier).digest('base64url');
    const query = new URLSearchParams({
      client_id: 'hub-explorer',
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: this.redirect,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: 's',
      ...more,
    });
    return `/identity/auth?${query}`;
  }

  /** Opens the sign-in page; answers its address. */
  async begin(more: Record<string, string> = {}): Promise<{ url: string; status: number; text: string }> {
    return this.browser.follow(await this.browser.open(this.authorizationUrl(more)));
  }

  async post(page: string, step: string, form: Record<string, string>) {
    return this.browser.follow(await this.browser.open(`${page}/${step}`, form));
  }

  async token(form: Record<string, string>, authorization?: string): Promise<Tokens> {
    const response = await fetch(`${this.base}/identity/token`, {
      method: 'POST',
      headers: authorization ? { authorization } : {},
      body: new URLSearchParams(form),
    });
    return (await response.json()) as Tokens;
  }

  exchange(url: string): Promise<Tokens> {
    const code = new URL(url).searchParams.get('code') ?? '';
    return this.token({
      grant_type: 'authorization_code',
      client_id: 'hub-explorer',
      code,
      redirect_uri: this.redirect,
      code_verifier: this.verifier,
    });
  }

  refresh(refreshToken: string): Promise<Tokens> {
    return this.token({ grant_type: 'refresh_token', client_id: 'hub-explorer', refresh_token: refreshToken });
  }
}

/** What an application asks for that needs all somebody may have; what is sensitive is given to no other. */
export const everything = { scope: `openid profile ${scopes.join(' ')}` };

export const basic = (clientId: string, secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;

export interface TestIdentity extends RunningIdentity {
  database: TestDatabase;
  secret: string;
  /** The check the hub's other processes make. */
  verify: Verify;
  ask(viewer: Viewing | string, query: string, variables?: object): Promise<Answer>;
  /** Like ask, but fails the test on any error. */
  get(viewer: Viewing | string, query: string, variables?: object): Promise<any>;
  code(viewer: Viewing | string, query: string, variables?: object): Promise<string | undefined>;
  /** Looks or changes behind the curtain. */
  asOwner(sql: string, parameters?: unknown[]): Promise<any[]>;
  /** An account that has changed its password already. */
  person(overrides?: object, grant?: object): Promise<Person>;
  /** The whole way of somebody with one grant. */
  signIn(
    person: { loginName: string; password: string },
    more?: Record<string, string>,
  ): Promise<{ app: Application; tokens: Tokens }>;
}

export interface Person {
  id: string;
  version: number;
  loginName: string;
  password: string;
}

export const city: Viewing = { role: 'COMMITTEE', division: '220100', scopes };
export const county = (division: string): Viewing => ({ role: 'COMMITTEE', division, scopes });

const invite = `mutation ($input: InviteAccount!) { inviteAccount(input: $input) { oneTimePassword account { id version } } }`;

interface Settings {
  demand?: Demand;
  /** Of the hub's own services. */
  servicesSecret?: string;
  /** By which name of this machine it is reached. */
  hostname?: string;
}

/** The identity service on its own HTTP port over a fresh database, told where the organisations serve; stop it in afterAll. */
export async function testIdentity(peers: Peers = {}, settings: Settings = {}): Promise<TestIdentity> {
  const database = await testDatabase('identity');
  const port = await freePort('127.0.0.1');
  const base = `http://${settings.hostname ?? '127.0.0.1'}:${port}`;
  const secret = randomBytes(32).toString('hex');
  process.env.HUB_IDENTITY_SECRET = secret;
  const operators = { issuer: installationIssuer, keys: createLocalJWKSet(testJwks) };
  const running = await serveIdentity({
    databaseUrl: database.url,
    publicUrl: base,
    installation: { secret, servicesSecret: settings.servicesSecret, division: '220100' },
    operators,
    peers,
    demand: settings.demand,
    port,
  });
  const verify = verifierOf([
    operators,
    { issuer: `${base}/identity`, isIdentity: true, keys: await keySet(`${base}/identity/jwks`) },
  ]);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();

  const ask = async (viewer: Viewing | string, query: string, variables: object = {}): Promise<Answer> => {
    const token = typeof viewer === 'string' ? viewer : await testToken({ ...viewer, scopes: [...(viewer.scopes ?? scopes)] });
    const response = await fetch(`${base}/identity/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const get = async (viewer: Viewing | string, query: string, variables?: object) => {
    const { data, errors } = await ask(viewer, query, variables);
    if (errors) throw new Error(JSON.stringify(errors, null, 1));
    return data;
  };
  const person = async (overrides: object = {}, grant: object = {}): Promise<Person> => {
    const loginName = `p${randomBytes(6).toString('hex')}`;
    const terms = { role: 'COMMITTEE', division: '220102', reason: '测试授权', ...grant };
    const input = { loginName, displayName: '张测试', divisionCode: '220102', ...overrides, grant: terms };
    const { account, oneTimePassword } = (await get(city, invite, { input })).inviteAccount;
    const app = new Application(base);
    const page = await app.begin();
    await app.post(page.url, 'sign-in', { loginName, password: oneTimePassword });
    await app.post(page.url, 'password', { password: strongPassword, again: strongPassword });
    const { version } = (await get(city, `query ($n: String!) { account(loginName: $n) { version } }`, { n: loginName })).account;
    return { id: account.id, version, loginName, password: strongPassword };
  };
  return {
    ...running,
    url: base,
    database,
    secret,
    verify,
    ask,
    get,
    code: async (viewer, query, variables) => (await ask(viewer, query, variables)).errors?.[0]?.extensions.code,
    asOwner: async (sql, parameters) => (await owner.query(sql, parameters)).rows,
    person,
    signIn: async ({ loginName, password }, more) => {
      const app = new Application(base);
      const page = await app.begin(more);
      const end = await app.post(page.url, 'sign-in', { loginName, password });
      return { app, tokens: await app.exchange(end.url) };
    },
    stop: async () => {
      await owner.end();
      await running.stop();
      await database.drop();
    },
  };
}
