import { resolve } from 'node:path';
import type { ServiceUrls } from '@hub/postgres/provision';
import { isDivision } from './divisions.ts';
import { LaunchFailure } from './launch-failure.ts';
import { inRepository, type Service, services, subgraphs } from './layout.ts';

type Environment = NodeJS.ProcessEnv;

function portIn(env: Environment, name: string, fallback: number): number {
  const port = Number(env[name] || fallback);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new LaunchFailure(`${name} is "${env[name]}": give a port number from 0 to 65535.`);
}

export const hubPort = (env: Environment = process.env): number => portIn(env, 'HUB_PORT', 4000);

/** Of `/metrics` and `/status`: the next one to the hub's own. */
export const operatorsPort = (port: number, env: Environment = process.env): number =>
  portIn(env, 'HUB_OPERATORS_PORT', port === 0 ? 0 : port + 1);

export const hubData = (env: Environment = process.env): string => resolve(inRepository(), env.HUB_DATA || '.hub');

export const samples = ['changchun', 'none'] as const;
export type Sample = (typeof samples)[number];

export const hubSample = (env: Environment = process.env): Sample => {
  const sample = env.HUB_SAMPLE || 'changchun';
  const known = samples.find(name => name === sample);
  if (known) return known;
  throw new LaunchFailure(`HUB_SAMPLE is "${sample}": use ${samples.join(' or ')}.`);
};

/** Of the installation: where its first administrator stands. */
export const hubDivision = (env: Environment = process.env): string => {
  const division = env.HUB_ADMIN_DIVISION || '220100';
  if (isDivision(division)) return division;
  throw new LaunchFailure(`HUB_ADMIN_DIVISION is "${division}": give the 6 digits of a division that exists, such as 220100.`);
};

/** Whether the subgraphs share one process: less memory, one core for all of them. */
export const areTogether = (env: Environment = process.env): boolean => {
  const given = env.HUB_SUBGRAPHS || 'apart';
  if (given === 'apart' || given === 'together') return given === 'together';
  throw new LaunchFailure(`HUB_SUBGRAPHS is "${given}": use apart or together.`);
};

type Prefix = 'DATABASE_URL' | 'MIGRATE_URL' | 'HUB_URL' | 'PORT';

export const variable = (prefix: Prefix, name: string) => `${prefix}_${name.toUpperCase()}`;

/** With an issuer of one's own the hub's identity service does not run, and needs no database. */
export const foreignIssuer = (env: Environment = process.env): string | undefined => env.HUB_ISSUER || undefined;

const withDatabase = (env: Environment): readonly Service[] => (foreignIssuer(env) ? subgraphs : services);

/** Where people and programs find the hub. */
export const publicUrl = (port: number, env: Environment = process.env): string => {
  const given = env.HUB_PUBLIC_URL || `http://127.0.0.1:${port}`;
  if (URL.canParse(given) && /^https?:\/\/[^/]+\/?$/.test(given)) return given.replace(/\/$/, '');
  throw new LaunchFailure(`HUB_PUBLIC_URL is "${given}": give an address without a path, such as https://hub.example.org.`);
};

const given = (prefix: Prefix, env: Environment) => withDatabase(env).filter(name => env[variable(prefix, name)]);

/** Databases of one's own servers; undefined when the hub is to bring its own. */
export function externalDatabases(env: Environment = process.env): Record<Service, Partial<ServiceUrls>> | undefined {
  if (given('DATABASE_URL', env).length === 0) {
    if (given('MIGRATE_URL', env).length === 0) return undefined;
    throw new LaunchFailure(
      'MIGRATE_URL_* are set without DATABASE_URL_*: set DATABASE_URL_<SERVICE> for every service, or none of them.',
    );
  }
  assertAll('DATABASE_URL', env);
  const urls = withDatabase(env).map(name => {
    const migrateUrl = env[variable('MIGRATE_URL', name)] || undefined;
    return [name, { databaseUrl: env[variable('DATABASE_URL', name)], migrateUrl }];
  });
  return Object.fromEntries(urls);
}

/** Owners' URLs of one's own servers; undefined when the hub brings its own database. */
export function externalMigrateUrls(env: Environment = process.env): Record<Service, string> | undefined {
  if (given('MIGRATE_URL', env).length === 0) {
    if (given('DATABASE_URL', env).length === 0) return undefined;
    throw new LaunchFailure('DATABASE_URL_* are set: set MIGRATE_URL_<SERVICE> to the owner of each database, too.');
  }
  assertAll('MIGRATE_URL', env);
  return Object.fromEntries(withDatabase(env).map(name => [name, env[variable('MIGRATE_URL', name)]])) as Record<Service, string>;
}

function assertAll(prefix: Prefix, env: Environment): void {
  const missing = withDatabase(env)
    .filter(name => !env[variable(prefix, name)])
    .map(name => variable(prefix, name));
  if (missing.length === 0) return;
  throw new LaunchFailure(
    `Some ${prefix}_* are set, but not ${missing.join(', ')}: set all of them, or none for the embedded PostgreSQL.`,
  );
}
