import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository, services } from '@hub/launcher/layout';
import { startHub } from '@hub/launcher/start-hub';
import { connected } from '@hub/postgres/administrator';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from './test-database.ts';

let work: string;
let databases: Record<string, TestDatabase>;

const asOwner = (service: string, ...statements: string[]) =>
  connected(databases[service]!.ownerUrl, async run => {
    for (const statement of statements.slice(0, -1)) await run(statement);
    return run(statements.at(-1)!);
  });

/** What somebody opened by hand; a migration would take it back. */
const openedByHand = 'alter policy committee on organisation using (true)';
const isOpen = async () => {
  const [policy] = await asOwner(
    'organisations',
    `select qual from pg_policies where policyname = 'committee' and tablename = 'organisation'`,
  );
  return policy!.qual === 'true';
};

const urls = () =>
  Object.fromEntries(
    Object.entries(databases).flatMap(([service, { url, ownerUrl }]) => [
      [`DATABASE_URL_${service.toUpperCase()}`, url],
      [`MIGRATE_URL_${service.toUpperCase()}`, ownerUrl],
    ]),
  );

const migrate = (env: Record<string, string | undefined> = urls()) =>
  new Promise<{ code: number; out: string; err: string }>(resolve => {
    const all = { ...process.env, HUB_DATA: join(work, 'data'), ...env };
    execFile(process.execPath, [inRepository('services', 'launcher', 'dist', 'migrate.js')], { env: all }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

const start = async (env: Record<string, string | undefined> = urls()) => {
  Object.assign(process.env, env);
  try {
    const hub = await startHub({ dataDirectory: join(work, 'data'), port: 0, durable: false });
    await hub.stop();
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
};

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'hub-migrations-'));
  databases = Object.fromEntries(
    await Promise.all(services.map(async service => [service, await testDatabase(service)] as const)),
  );
}, 120_000);

afterEach(async () => {
  await Promise.all(Object.values(databases).map(database => database.drop()));
  await rm(work, { recursive: true, force: true });
});

describe('a database that is newer than the code', () => {
  beforeEach(async () => {
    await asOwner('organisations', openedByHand);
    await asOwner('programs', `insert into mikro_orm_migrations (name) values ('Migration29990101000000')`);
  });

  const refusal = () =>
    `MIGRATE_URL_PROGRAMS (${databases.programs!.name} at ${new URL(databases.programs!.url).host} as hub_programs_owner): the database is newer than this code, which does not know Migration29990101000000: start the version that made it`;

  it('is refused by npm run migrate before any database is touched', async () => {
    const { code, out, err } = await migrate();
    expect([code, out, err]).toEqual([1, '', expect.stringContaining(refusal())]);
    expect(err.split('\n')).toHaveLength(2);
    expect(await isOpen()).toBe(true);
  });

  it('is refused by a start before any database is touched', async () => {
    await expect(start()).rejects.toThrow(refusal());
    expect(await isOpen()).toBe(true);
  }, 120_000);

  it('is migrated with the others when it is not', async () => {
    await asOwner('programs', `delete from mikro_orm_migrations where name = 'Migration29990101000000'`);
    const { code, out } = await migrate();
    expect([code, out]).toEqual([0, services.map(service => `${service}: migrated\n`).join('')]);
    expect(await isOpen()).toBe(false);
  });
});

describe('a migration that fails', () => {
  const schema = () =>
    asOwner(
      'people',
      `select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' order by 1, 2`,
    );
  const done = () => asOwner('people', 'select * from mikro_orm_migrations order by id');
  const guards = () => asOwner('people', `select obj_description('public'::regnamespace) as mark, count(*) from pg_policies`);

  it('names itself and its database, and leaves that as it was', async () => {
    // The first of the two can be done again, the second cannot.
    await asOwner(
      'people',
      `delete from mikro_orm_migrations where name in ('Migration20261128071838', 'Migration20261128081916')`,
      'alter table read_log drop column client_request_id',
      'alter table revision drop column client_request_id',
      'create view steps with (security_invoker = true) as select step from idempotency',
    );
    const before = [await schema(), await done(), await guards()];
    const { code, err } = await migrate();
    expect([code, err]).toEqual([
      1,
      expect.stringContaining(
        `MIGRATE_URL_PEOPLE (${databases.people!.name} at ${new URL(databases.people!.url).host} as hub_people_owner): the migration Migration20261128081916 failed: `,
      ),
    ]);
    expect(err).toContain('cannot alter type of a column used by a view');
    expect([await schema(), await done(), await guards()]).toEqual(before);
  });
});

describe('a start over a database that cannot be used names the variable and the database', () => {
  const cases: [string, 'people' | 'identity' | undefined, (url: URL) => void, RegExp][] = [
    ['does not answer', undefined, url => Object.assign(url, { port: '1' }), /connect ECONNREFUSED 127\.0\.0\.1:1/],
    ['is not there', 'identity', url => Object.assign(url, { pathname: '/nowhere' }), /database "nowhere" does not exist/],
    [
      'wants another password',
      'people',
      url => Object.assign(url, { password: 'wrong' }),
      /password authentication failed for user/,
    ],
  ];

  const broken = (variable: string, spoil: (url: URL) => void) => {
    const url = new URL(urls()[variable]!);
    spoil(url);
    return { ...urls(), [variable]: url.href };
  };

  it.each(cases)(
    'that %s',
    async (_how, service, spoil, reason) => {
      const { err } = await migrate(broken('MIGRATE_URL_CAMPAIGNS', spoil));
      expect(err).toMatch(
        /^The databases could not be migrated: MIGRATE_URL_CAMPAIGNS \(\w+ at 127\.0\.0\.1:\d+ as hub_campaigns_owner\): /,
      );
      expect(err).toMatch(reason);
      // One of each kind of service is enough: they open their databases by the same function.
      if (!service) return;
      const variable = `DATABASE_URL_${service.toUpperCase()}`;
      const started = start(broken(variable, spoil));
      await expect(started).rejects.toThrow(
        new RegExp(`^${service} could not start: ${variable} \\(\\w+ at 127.0.0.1:\\d+ as hub_${service}\\): `),
      );
      await expect(started).rejects.toThrow(reason);
    },
    120_000,
  );
});
