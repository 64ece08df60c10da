import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenClaims } from '@hub/identity/sign-token';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { canaryTrace } from './canaries.ts';
import { asAdmin, type TestDatabase, testDatabase } from './test-database.ts';
import { type Answer, ask } from './test-service.ts';

export const services = ['organisations', 'people', 'campaigns', 'programs'] as const;
type Service = (typeof services)[number];
/** Whatever has a database of its own. */
export const databased = [...services, 'identity'] as const;
type Databases = Record<(typeof databased)[number], TestDatabase>;

export interface TestHub {
  url: string;
  /** Where operators read its status and metrics. */
  operatorsUrl: string;
  /** Where its keys and logs are; operators' commands find them by HUB_DATA. */
  dataDirectory: string;
  databases: Databases;
  /** The first account, with the password of its first sign-in; none where another issuer takes the identity service's place. */
  administrator?: { loginName: string; password: string };
  token(claims: TokenClaims): Promise<string>;
  ask(claims: TokenClaims | string, query: string, variables?: object, headers?: object): Promise<Answer>;
  /** Like ask, but fails the test on any error. */
  get(claims: TokenClaims | string, query: string, variables?: object): Promise<any>;
  /** What its processes logged so far, by file. */
  logs(): Promise<Record<string, string>>;
  /** All that an operator can read of it: logs, metrics and status. */
  observations(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

async function logsIn(dataDirectory: string): Promise<Record<string, string>> {
  const folder = join(dataDirectory, 'logs');
  const files = await readdir(folder);
  return Object.fromEntries(await Promise.all(files.map(async file => [file, await readFile(join(folder, file), 'utf8')])));
}

async function observations(url: string, dataDirectory: string): Promise<Record<string, string>> {
  const read = async (path: string) => [path, await (await fetch(`${url}${path}`)).text()] as const;
  const pages = await Promise.all(['/metrics', '/status'].map(read));
  return { ...Object.fromEntries(pages), ...(await logsIn(dataDirectory)) };
}

/** One viewer asks in most tests what a city asks in an hour; the limits have tests of their own. */
const outOfTheWay = {
  HUB_QUEUE: '1000',
  HUB_REFUSALS_PER_SECOND: '1000000',
  ...Object.fromEntries(
    ['PEOPLE', 'PARTNERS', 'REPORTING'].flatMap(name => [
      [`HUB_BUDGET_${name}`, '1000000000'],
      [`HUB_CONCURRENT_${name}`, '100'],
    ]),
  ),
};

interface Over {
  databases: Databases;
  sample: 'changchun' | 'none';
  ownLimits?: boolean | undefined;
  together?: boolean | undefined;
}

async function hubOver({ databases, sample, ownLimits, together }: Over): Promise<{ hub: Hub; dataDirectory: string }> {
  if (together) process.env.HUB_SUBGRAPHS = 'together';
  for (const service of databased) {
    process.env[`DATABASE_URL_${service.toUpperCase()}`] = databases[service].url;
    process.env[`MIGRATE_URL_${service.toUpperCase()}`] = databases[service].ownerUrl;
  }
  for (const [name, value] of Object.entries(outOfTheWay)) {
    if (ownLimits) delete process.env[name];
    else process.env[name] = value;
  }
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-'));
  try {
    return { hub: await startHub({ dataDirectory, port: 0, sample }), dataDirectory };
  } finally {
    if (together) delete process.env.HUB_SUBGRAPHS;
  }
}

/** The sample has no accounts: whoever signs in is each test's own. */
const copies = async (prefix: string, name?: (service: Service) => string) => {
  const made = await Promise.all([
    ...services.map(async service => [service, await testDatabase(service, `${prefix}_${service}`, name?.(service))] as const),
    testDatabase('identity').then(database => ['identity', database] as const),
  ]);
  return Object.fromEntries(made) as Databases;
};

/** Databases with the sample city in them, loaded once a run through the door of a hub of their own. */
export const sampleTemplates = () =>
  asAdmin(async run => {
    await run(`select pg_advisory_lock(hashtext('sample city'))`);
    const found = await run(`select 1 from pg_database where datname = 'sampled_programs'`);
    if (found.rowCount) return;
    const databases = await copies('hub', service => `sampling_${service}`);
    const { hub, dataDirectory } = await hubOver({ databases, sample: 'changchun', together: true });
    await hub.stop();
    await rm(dataDirectory, { recursive: true, force: true });
    await databases.identity.drop();
    for (const service of services) await run(`alter database sampling_${service} rename to sampled_${service}`);
  });

export interface TestHubOptions {
  sample: boolean;
  ownLimits?: boolean;
  /** All subgraphs in one process: half the work of a start, for tests that are about something else. */
  together?: boolean;
}

/** A whole hub, every part its own process, over fresh databases: empty, or with the sample city. Stop it in afterAll. */
export async function testHub({ sample, ownLimits, together }: TestHubOptions): Promise<TestHub> {
  if (sample) await sampleTemplates();
  const databases = await copies(sample ? 'sampled' : 'hub');
  const { hub, dataDirectory } = await hubOver({ databases, sample: 'none', ownLimits, together });
  const bearer = async (claims: TokenClaims | string) => (typeof claims === 'string' ? claims : hub.token(claims));
  return {
    url: hub.url,
    operatorsUrl: hub.operatorsUrl,
    dataDirectory,
    databases,
    administrator: hub.administrator,
    token: claims => hub.token(claims),
    ask: async (claims, query, variables, headers) => ask(hub.url, await bearer(claims), query, variables, headers),
    get: async (claims, query, variables) => {
      const { data, errors } = await ask(hub.url, await bearer(claims), query, variables);
      if (errors) throw new Error(JSON.stringify(errors, null, 1));
      return data;
    },
    logs: () => logsIn(dataDirectory),
    observations: () => observations(hub.operatorsUrl, dataDirectory),
    stop: async () => {
      const told = await observations(hub.operatorsUrl, dataDirectory).finally(() => hub.stop());
      await rm(dataDirectory, { recursive: true, force: true });
      await Promise.all(Object.values(databases).map(database => database.drop()));
      // Whatever a test asked of it: what operators read names nobody.
      for (const [place, text] of Object.entries(told)) if (canaryTrace.test(text)) throw new Error(`${place} holds a canary.`);
    },
  };
}
