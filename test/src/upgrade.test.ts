import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRepository, services } from '@hub/launcher/layout';
import { type Hub, startHub } from '@hub/launcher/start-hub';
import { connected, urlFor } from '@hub/postgres/administrator';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type KeptTable, rowsOf, secret, unpack } from './previous-installation.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { ask } from './test-service.ts';
import { allScopes, county } from './test-tokens.ts';

const file = inRepository('test', 'previous', 'installation.json.br');
const { databases: kept, commit } = unpack(readFileSync(file));

/**
 * What a start means to change: where the hub stands (it is another server, so another life of each database begins, and followers go on
 * from where the old one ended), what is kept for a week, and secrets, which were not kept and are made anew, with a revision of it.
 */
const meant = ['mikro_orm_migrations', 'epoch', 'feed_position', 'idempotency', ...secret];
const isMeant = (service: string, { name }: KeptTable) => meant.includes(name) || (service === 'identity' && name === 'revision');

let databases: Record<string, TestDatabase>;
let hub: Hub;
let data: string;
const admin = (service: string) => urlFor(process.env.HUB_TEST_ADMIN_URL!, databases[service]!.name);

async function load(service: string) {
  const program = inRepository('test', 'dist', 'load-installation.js');
  const env = { ...process.env, OWNER_URL: databases[service]!.ownerUrl, ADMIN_URL: admin(service) };
  await promisify(execFile)(process.execPath, [program, service, file], { env });
}

/** Columns that a migration took away, after it had carried what they held to another. */
const gone: Record<string, string[]> = { import_row: ['code', 'column', 'value', 'message', 'suggestion'] };
const stays = ({ name, columns }: KeptTable) => ({ name, columns: columns.filter(column => !gone[name]?.includes(column)) });

const standing = (service: string) =>
  connected(admin(service), async run => {
    const tables: Pick<KeptTable, 'name' | 'rows'>[] = [];
    for (const table of kept[service]!.tables)
      if (!isMeant(service, table)) tables.push({ name: table.name, rows: await rowsOf(run, stays(table)) });
    return tables;
  });

const before: Record<string, Awaited<ReturnType<typeof standing>>> = {};

async function differing(service: string) {
  const after = new Map((await standing(service)).map(({ name, rows }) => [name, rows]));
  return before[service]!.flatMap(({ name, rows }) => {
    const [was, is] = [new Set(rows), new Set(after.get(name))];
    const lost = [...was].filter(row => !is.has(row));
    const more = [...is].filter(row => !was.has(row));
    return lost.length + more.length > 0 ? [`${name}: ${lost[0] ?? ''} became ${more[0] ?? 'nothing'}`] : [];
  });
}

beforeAll(async () => {
  databases = Object.fromEntries(
    await Promise.all(services.map(async service => [service, await testDatabase(service, 'template0')] as const)),
  );
  await Promise.all(services.map(load));
}, 120_000);

afterAll(async () => {
  await hub?.stop();
  for (const service of services)
    for (const kind of ['DATABASE', 'MIGRATE']) delete process.env[`${kind}_URL_${service.toUpperCase()}`];
  await Promise.all(Object.values(databases).map(database => database.drop()));
  if (data) await rm(data, { recursive: true, force: true });
});

describe(`the data of the version before this one (${commit.slice(0, 8)})`, () => {
  it.each(services)('%s: stand as that version left them, guarded', async service => {
    before[service] = await standing(service);
    const loaded = await connected(admin(service), async run =>
      Promise.all(kept[service]!.tables.map(async table => [table.name, new Set(await rowsOf(run, table))] as const)),
    );
    expect(loaded).toEqual(kept[service]!.tables.map(({ name, rows }) => [name, new Set(rows)]));
    const [policies] = await connected(admin(service), run =>
      run(`select count(*)::int as n from pg_policies where schemaname = 'public'`),
    );
    expect(policies!.n).toBeGreaterThan(kept[service]!.tables.length);
  });

  it('start under this one', async () => {
    for (const service of services) {
      process.env[`DATABASE_URL_${service.toUpperCase()}`] = databases[service]!.url;
      process.env[`MIGRATE_URL_${service.toUpperCase()}`] = databases[service]!.ownerUrl;
    }
    data = await mkdtemp(join(tmpdir(), 'hub-upgrade-'));
    hub = await startHub({ dataDirectory: data, port: 0 });
  }, 120_000);

  it.each(services)('%s: are equal table by table but for what is meant', async service => {
    expect(await differing(service)).toEqual([]);
  });

  it('answer what they answered', async () => {
    const query = `{ division(code: "220102") { organisationFigures { organisations employees branches } peopleFigures { members }
      campaignFigures { awards } programFigures { sessionsHeld donatedTotal } } }`;
    const { data: answer, errors } = await ask(hub.url, await hub.token({ ...county('220102'), scopes: allScopes }), query);
    expect([errors, answer.division]).toEqual([
      undefined,
      {
        organisationFigures: { organisations: 13, employees: 790, branches: 7 },
        peopleFigures: { members: 86 },
        campaignFigures: { awards: 2 },
        programFigures: { sessionsHeld: 4, donatedTotal: 998000 },
      },
    ]);
  });

  it('tell their changes on: what was written before is in the feed', async () => {
    const feed = `{ organisationChanges(first: 1000) { hasMore nodes { entityId } } }`;
    const { data: answer } = await ask(hub.url, await hub.token({ ...county('220102'), scopes: allScopes }), feed);
    const organisations = kept.organisations!.tables.find(({ name }) => name === 'organisation')!;
    expect(organisations.rows.length).toBeGreaterThan(100);
    expect(answer.organisationChanges.nodes.length).toBeGreaterThan(20);
  });
});
