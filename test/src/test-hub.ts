import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenClaims } from '@hub/identity/sign-token';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { asAdmin, type TestDatabase, testDatabase } from './test-database.ts';
import { type Answer, ask } from './test-service.ts';

export const services = ['organisations', 'people', 'campaigns', 'programs'] as const;
type Service = (typeof services)[number];

export interface TestHub {
  url: string;
  databases: Record<Service, TestDatabase>;
  token(claims: TokenClaims): Promise<string>;
  ask(claims: TokenClaims | string, query: string, variables?: object, headers?: object): Promise<Answer>;
  /** Like ask, but fails the test on any error. */
  get(claims: TokenClaims | string, query: string, variables?: object): Promise<any>;
  stop(): Promise<void>;
}

async function hubOver(
  databases: Record<Service, TestDatabase>,
  sample: 'changchun' | 'none',
): Promise<{ hub: Hub; dataDirectory: string }> {
  for (const service of services) {
    process.env[`DATABASE_URL_${service.toUpperCase()}`] = databases[service].url;
    process.env[`MIGRATE_URL_${service.toUpperCase()}`] = databases[service].ownerUrl;
  }
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-'));
  return { hub: await startHub({ dataDirectory, port: 0, sample }), dataDirectory };
}

const copies = async (prefix: string, name?: (service: Service) => string) => {
  const made = await Promise.all(
    services.map(async service => [service, await testDatabase(service, `${prefix}_${service}`, name?.(service))] as const),
  );
  return Object.fromEntries(made) as Record<Service, TestDatabase>;
};

/** Databases with the sample city in them, loaded once a run through the door of a hub of their own. */
const sampleTemplates = () =>
  asAdmin(async run => {
    await run(`select pg_advisory_lock(hashtext('sample city'))`);
    const found = await run(`select 1 from pg_database where datname = 'sampled_programs'`);
    if (found.rowCount) return;
    const databases = await copies('hub', service => `sampling_${service}`);
    const { hub, dataDirectory } = await hubOver(databases, 'changchun');
    await hub.stop();
    await rm(dataDirectory, { recursive: true, force: true });
    for (const service of services) await run(`alter database sampling_${service} rename to sampled_${service}`);
  });

/** A whole hub, every part its own process, over fresh databases: empty, or with the sample city. Stop it in afterAll. */
export async function testHub({ sample }: { sample: boolean }): Promise<TestHub> {
  if (sample) await sampleTemplates();
  const databases = await copies(sample ? 'sampled' : 'hub');
  const { hub, dataDirectory } = await hubOver(databases, 'none');
  const bearer = async (claims: TokenClaims | string) => (typeof claims === 'string' ? claims : hub.token(claims));
  return {
    url: hub.url,
    databases,
    token: claims => hub.token(claims),
    ask: async (claims, query, variables, headers) => ask(hub.url, await bearer(claims), query, variables, headers),
    get: async (claims, query, variables) => {
      const { data, errors } = await ask(hub.url, await bearer(claims), query, variables);
      if (errors) throw new Error(JSON.stringify(errors, null, 1));
      return data;
    },
    stop: async () => {
      await hub.stop();
      await rm(dataDirectory, { recursive: true, force: true });
      await Promise.all(Object.values(databases).map(database => database.drop()));
    },
  };
}
