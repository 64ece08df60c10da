import type { InstallationKey } from '@hub/identity/installation-key';
import type { ServiceUrls } from '@hub/postgres/provision';
import { type ChildSpec, type Ready, roomy } from './child.ts';
import type { Family } from './family.ts';
import { type Entries, type Service, type SubgraphProcess, subgraphProcesses } from './layout.ts';
import { servicesSecret } from './services-secret.ts';
import { variable } from './settings.ts';

interface ServicesSettings {
  key: InstallationKey;
  /** Where people reach the hub. */
  address: string;
  host: string;
  port: number;
  /** Of `/metrics` and `/status`. */
  operatorsPort: number;
  /** Somebody else says who comes in: the hub starts no identity service. */
  isForeign: boolean;
  /** All subgraphs in one process. */
  isTogether: boolean;
}

const anyPort = { HOST: '127.0.0.1', PORT: '0' };
const at = (port: number | undefined) => `http://127.0.0.1:${port}`;

/** Others have been told where each subgraph serves: there it serves again. */
const portsOf = (ports: NonNullable<Ready['ports']>): Record<string, string> =>
  Object.fromEntries(Object.entries(ports).map(([name, its]) => [variable('PORT', name), String(its)]));

/** What only the process that migrates is told, and by a message: the environment of a process can be read from outside. */
const ownerUrls = (databases: Record<Service, Partial<ServiceUrls>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(databases).flatMap(([name, { migrateUrl }]) =>
      migrateUrl ? [[variable('MIGRATE_URL', name), migrateUrl]] : [],
    ),
  );

/** Starts all that stands on the databases. Everything loads at once; each process begins when those it needs have said where they are. */
export async function startServices(
  family: Family,
  entries: Entries,
  databases: Record<Service, Partial<ServiceUrls>>,
  { key, address, host, port, operatorsPort, isForeign, isTogether }: ServicesSettings,
): Promise<{ gateway: number; operatorsUrl: string; administrator?: Ready['administrator'] }> {
  const common = { HUB_JWKS: key.jwksUrl, APOLLO_TELEMETRY_DISABLED: '1' };
  const known = { HUB_PUBLIC_URL: address };
  const databaseUrls = (name: Service) => ({ [variable('DATABASE_URL', name)]: databases[name].databaseUrl });
  const migrations: ChildSpec = { name: 'migrations', entry: entries.migrations, env: common, ends: true };
  const identity = (): ChildSpec => ({
    name: 'identity',
    entry: entries.identity,
    env: { ...common, ...known, ...anyPort, ...databaseUrls('identity'), HUB_IDENTITY_SECRET: key.secret('identity service') },
    again: ({ port: its }) => ({ env: { PORT: String(its) } }),
  });
  const subgraphs = ({ name, entry, subgraphs: names }: SubgraphProcess): ChildSpec => {
    const numbers = names.includes('people') && { HUB_IDENTITY_KEY: key.secret('identity numbers') };
    const env = { ...common, ...anyPort, ...numbers, ...Object.assign({}, ...names.map(databaseUrls)) };
    return { name, entry, env, again: ({ ports }) => ({ env: portsOf(ports!) }) };
  };
  // Parsing large workbooks otherwise leaves glibc with memory it never gives back.
  const thrift = { MALLOC_MMAP_THRESHOLD_: '1000000' };
  const gateway: ChildSpec = {
    name: 'gateway',
    entry: entries.gateway,
    env: { ...common, ...known, ...thrift, HUB_PORT: String(port), HUB_HOST: host, HUB_OPERATORS_PORT: String(operatorsPort) },
    flags: roomy,
    again: ({ operatorsUrl }) => ({ env: { HUB_OPERATORS_PORT: new URL(operatorsUrl!).port } }),
  };

  const beginMigrations = await family.prepare([migrations]);
  const beginIdentity = isForeign ? undefined : await family.prepare([identity()]);
  const stages = [];
  for (const stage of subgraphProcesses(entries, isTogether)) stages.push(await family.prepare(stage.map(subgraphs)));
  const beginGateway = await family.prepare([gateway]);

  await beginMigrations(ownerUrls(databases));
  const secret = servicesSecret(key);
  const [identified] = (await beginIdentity?.(secret)) ?? [];
  const issuer = identified && {
    HUB_IDENTITY_ISSUER: `${address}/identity`,
    HUB_IDENTITY_JWKS: `${at(identified.port)}/identity/jwks`,
  };
  const credentials = { ...(identified && { HUB_SERVICES_TOKEN_URL: `${at(identified.port)}/identity/token` }), ...secret };
  const urls: Record<string, string> = {};
  const peers: Record<string, string> = {};
  for (const begin of stages) {
    // The first follow nobody, unless all are one process.
    const follows = isTogether || Object.keys(urls).length > 0;
    for (const { ports } of await begin({ ...issuer, ...urls, ...(follows && credentials) }))
      for (const [name, its] of Object.entries(ports!)) {
        urls[variable('HUB_URL', name)] = at(its);
        peers[name] = at(its);
      }
    // The identity service and the first subgraph began before they could be told.
    family.tell({ peers: { ...peers } });
  }
  const [door] = await beginGateway({ ...issuer, ...urls, ...(identified && { HUB_URL_IDENTITY: at(identified.port) }) });
  return {
    gateway: door!.port!,
    operatorsUrl: door!.operatorsUrl!,
    ...(identified?.administrator && { administrator: identified.administrator }),
  };
}
