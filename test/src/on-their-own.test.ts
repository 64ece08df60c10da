import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayOptions } from '@hub/gateway/environment';
import { type InstallationKey, installationKey } from '@hub/identity/installation-key';
import { signToken, type TokenClaims } from '@hub/identity/sign-token';
import { basic } from '@hub/identity/test-identity';
import type { Verify } from '@hub/kit/token';
import { freePort } from '@hub/launcher/free-port';
import { inRepository } from '@hub/launcher/layout';
import { anOrganisation } from '@hub/organisations/factories';
import { enterPerson } from '@hub/people/factories';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Alone, alone, ready } from './alone.ts';
import { eventually } from './eventually.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { ask } from './test-service.ts';

const names = ['identity', 'organisations', 'people'] as const;
type Name = (typeof names)[number];

let folder: string;
let key: InstallationKey;
let urls: Record<Name, string>;
let databases: Record<Name, TestDatabase>;
const secret = randomBytes(32).toString('hex');
const running: Partial<Record<Name, Alone>> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-alone-'));
  key = await installationKey(folder);
  urls = await eachName(async () => `http://127.0.0.1:${await freePort('127.0.0.1')}`);
  databases = await eachName(name => testDatabase(name));
});
afterEach(() => eachName(stop));
afterAll(async () => {
  await eachName(name => databases[name].drop());
  await rm(folder, { recursive: true, force: true });
});

async function eachName<T>(work: (name: Name) => Promise<T>): Promise<Record<Name, T>> {
  const all: [Name, T][] = [];
  for (const name of names) all.push([name, await work(name)]);
  return Object.fromEntries(all) as Record<Name, T>;
}

const stop = async (name: Name) => running[name]?.stop();

/** What docs/operations.md has an operator set. */
const environment = (name: Name): Record<string, string> => ({
  PORT: new URL(urls[name]).port,
  HUB_JWKS: key.jwksUrl,
  [`DATABASE_URL_${name.toUpperCase()}`]: databases[name].url,
  HUB_URL_ORGANISATIONS: urls.organisations,
  ...(name === 'identity'
    ? { HUB_PUBLIC_URL: 'https://hub.example.org', HUB_IDENTITY_SECRET: key.secret('identity service') }
    : { HUB_IDENTITY_ISSUER: 'https://hub.example.org/identity', HUB_IDENTITY_JWKS: `${urls.identity}/identity/jwks` }),
  ...(name === 'people' && { HUB_IDENTITY_KEY: key.secret('identity numbers') }),
});

const credentials = (name: Name, its = secret): Record<string, string> =>
  name === 'organisations'
    ? {}
    : { HUB_SERVICES_SECRET: its, ...(name !== 'identity' && { HUB_SERVICES_TOKEN_URL: `${urls.identity}/identity/token` }) };

async function start(name: Name, more: Record<string, string> = {}): Promise<void> {
  const program = [process.execPath, inRepository('services', name, 'dist', 'main.js')];
  running[name] = alone(program, { ...environment(name), ...more });
  await ready(urls[name], running[name]);
}

const get = (name: Name) => async (claims: TokenClaims, query: string, variables?: object) => {
  const { data, errors } = await ask(urls[name], await signToken(key, claims), query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};

async function placeOf(person: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: databases.people.ownerUrl });
  await client.connect();
  const { rows } = await client.query('select division_code from person where id = $1', [person]);
  await client.end();
  return rows[0]?.division_code;
}

const feedsOf = async (name: Name) => ((await (await fetch(`${urls[name]}/status`)).json()) as { feeds: object[] }).feeds;
const county: TokenClaims = { role: 'COMMITTEE', division: '220102' };
const city: TokenClaims = { role: 'COMMITTEE', division: '220100' };
const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }';
const move = 'mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }';

async function movedWithAPerson(): Promise<string> {
  const organisations = get('organisations');
  const { id, version } = (await organisations(county, create, { input: anOrganisation() })).createOrganisation;
  const person = await enterPerson({ get: get('people') }, '220102', { organisationId: id });
  const input = { id, expectedVersion: version, divisionCode: '220103', movedOn: '2026-01-05', reason: '注册地变更' };
  await organisations(city, move, { input });
  return person;
}

async function servicesToken(): Promise<string> {
  const response = await fetch(`${urls.identity}/identity/token`, {
    method: 'POST',
    headers: { authorization: basic('hub-services', secret) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

const feedBy = async (name: Name, token: string) =>
  (await ask(urls[name], token, '{ peopleChanges(first: 1) { cursor } }')).errors;

/** The check of tokens that the gateway makes of its environment. */
async function verifierOfGateway(): Promise<Verify> {
  const before = { ...process.env };
  const services = ['ORGANISATIONS', 'PEOPLE', 'CAMPAIGNS', 'PROGRAMS'].map(name => [`HUB_URL_${name}`, urls.people]);
  Object.assign(process.env, environment('people'), Object.fromEntries(services));
  try {
    return (await gatewayOptions()).verify;
  } finally {
    process.env = before;
  }
}

describe('processes that nobody has started together', () => {
  it('end with a code of their own where their database is away, and with another where they were told something wrong', async () => {
    const nowhere = `postgres://hub@127.0.0.1:${await freePort('127.0.0.1')}/hub`;
    for (const name of names) {
      const variable = `DATABASE_URL_${name.toUpperCase()}`;
      const program = [process.execPath, inRepository('services', name, 'dist', 'main.js')];
      const away = alone(program, { ...environment(name), [variable]: nowhere });
      const wrong = alone(program, { ...environment(name), [variable]: 'mysql://x' });
      await eventually(() => expect([name, away.code(), wrong.code()]).toEqual([name, 75, 1]));
      expect(away.err()).toContain('ECONNREFUSED');
    }
  }, 120_000);

  it('follow each other by the environment alone', async () => {
    for (const name of names) await start(name, credentials(name));
    const person = await movedWithAPerson();
    await eventually(async () => expect(await placeOf(person)).toBe('220103'));
    expect(await feedsOf('people')).toEqual([{ name: 'organisationChanges', lag: expect.any(Number), why: null }]);
    expect(running.people!.out()).not.toContain('not followed');
    const token = await servicesToken();
    expect(await feedBy('people', token)).toBeUndefined();
    // By the door of the hub nobody comes in with it.
    await expect((await verifierOfGateway())(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }, 120_000);

  it('say in the log and on /status that they follow nobody when they were given no credentials', async () => {
    for (const name of names) await start(name);
    for (const name of ['people', 'identity'] as const)
      await eventually(() =>
        expect(running[name]!.out()).toMatch(
          /"why":"NO_CREDENTIALS".*this service has no credentials: set HUB_SERVICES_TOKEN_URL and HUB_SERVICES_SECRET.*"feed not followed"/,
        ),
      );
    expect(await feedsOf('people')).toEqual([{ name: 'organisationChanges', lag: null, why: 'NO_CREDENTIALS' }]);
  }, 120_000);

  it('say that their credentials are refused, or that the identity service is away, and follow when that is over', async () => {
    for (const name of names) await start(name, credentials(name, name === 'people' ? 'x'.repeat(64) : secret));
    const isWhy = (why: string | null) => eventually(async () => expect(await feedsOf('people')).toMatchObject([{ why }]));
    await isWhy('REFUSED');
    expect(running.people!.out()).toContain('refuses the credentials: 401 invalid_client');
    expect(running.people!.out() + running.people!.err() + running.identity!.out()).not.toContain('xxxx');
    await stop('people');
    await stop('identity');
    await start('people', credentials('people'));
    await isWhy('IDENTITY_AWAY');
    await start('identity', credentials('identity'));
    await isWhy(null);
  }, 180_000);
});
