import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationKey } from '@hub/identity/installation-key';
import { signToken, type TokenClaims } from '@hub/identity/sign-token';
import { freePort } from '@hub/launcher/free-port';
import { builtEntries, type Service, services } from '@hub/launcher/layout';
import { type Alone, alone, ready } from './alone.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

/** One process of a hub, with nobody above it. */
export interface Program {
  name: string;
  url: string;
  /** Until it says that it is ready. */
  start(): Promise<void>;
  /** Told to stop, until it has ended. */
  stop(): Promise<void>;
  /** What it has written to standard output. */
  printed(): string;
}

/** A gateway, and where operators look. */
export interface Door extends Program {
  operatorsUrl: string;
}

const host = '127.0.0.1';

async function program(name: string, entry: string, environment: (port: number) => NodeJS.ProcessEnv): Promise<Program> {
  const port = await freePort(host);
  const url = `http://${host}:${port}`;
  const started: Alone[] = [];
  const start = async () => {
    // The environment not before: by then all of them have an address.
    const running = alone([process.execPath, entry], { HUB_LOG: 'silent', ...environment(port) });
    started.push(running);
    await ready(url, running);
  };
  const stop = async () => started.at(-1)?.stop();
  const printed = () => started.map(each => each.out()).join('');
  return { name, url, start, stop, printed };
}

export interface HubApart {
  /** By service, the first and the second process that serve it; the second are not started. */
  serving: Record<Service, [Program, Program]>;
  gateways: [Door, Door];
  databases: Record<Service, TestDatabase>;
  token(claims: TokenClaims): Promise<string>;
  stop(): Promise<void>;
}

/** No operation of these tests is to fail for a slow machine. */
const patience = { HUB_AWAY_MS: '90000', HUB_DEADLINE_MS: '90000' };
const room = { HUB_QUEUE: '1000', HUB_BUDGET_PEOPLE: '1000000000', HUB_CONCURRENT_PEOPLE: '100' };

/** A hub of processes apart, each of which knows two addresses of every other. `publicUrl` is where people reach it. */
export async function hubApart(publicUrl: string, settings: NodeJS.ProcessEnv = {}): Promise<HubApart> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-apart-'));
  const key = await installationKey(directory);
  const all = await Promise.all(services.map(async name => [name, await testDatabase(name)] as const));
  const databases = Object.fromEntries(all) as Record<Service, TestDatabase>;
  const issuer = { HUB_IDENTITY_ISSUER: `${publicUrl}/identity` };
  const common = { ...issuer, HUB_JWKS: key.jwksUrl, HUB_PUBLIC_URL: publicUrl, APOLLO_TELEMETRY_DISABLED: '1' };
  const secrets = { HUB_IDENTITY_SECRET: key.secret('identity service'), HUB_IDENTITY_KEY: key.secret('identity numbers') };
  const urls: Record<string, string> = {};
  const serving = {} as HubApart['serving'];
  for (const name of services) {
    const entry = name === 'identity' ? builtEntries.identity : builtEntries.service(name);
    const database = { [`DATABASE_URL_${name.toUpperCase()}`]: databases[name].url };
    const one = () => program(name, entry, port => ({ ...common, ...secrets, ...database, ...urls, PORT: String(port) }));
    const both: [Program, Program] = [await one(), await one()];
    serving[name] = both;
    urls[`HUB_URL_${name.toUpperCase()}`] = both.map(({ url }) => url).join(',');
  }
  const keys = { HUB_IDENTITY_JWKS: serving.identity.map(({ url }) => `${url}/identity/jwks`).join(',') };
  Object.assign(urls, keys);
  const door = async (): Promise<Door> => {
    const operators = String(await freePort(host));
    const one = await program('gateway', builtEntries.gateway, port => {
      const ports = { HUB_PORT: String(port), HUB_OPERATORS_PORT: operators };
      return { ...common, ...urls, ...ports, ...room, ...patience, ...settings };
    });
    return { ...one, operatorsUrl: `http://${host}:${operators}` };
  };
  const gateways: [Door, Door] = [await door(), await door()];
  const stop = async () => {
    await Promise.all(gateways.map(each => each.stop()));
    await Promise.all(Object.values(serving).flatMap(both => both.map(each => each.stop())));
    await Promise.all(Object.values(databases).map(each => each.drop()));
    await rm(directory, { recursive: true, force: true });
  };
  return { serving, gateways, databases, token: claims => signToken(key, claims), stop };
}
