import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type TestDatabase, testDatabase } from './test-database.ts';

const audiences = ['hub_committee', 'hub_organisation', 'hub_partner', 'hub_reporting', 'hub_auditor', 'hub_service'];

/** Domain tables with the commands that a member organisation or a partner may use on its own rows; copies are of what a row refers to. */
const writtenByOthers: Record<string, string[]> = {
  organisations: ['figure: insert by organisation', 'figure: update by organisation', 'organisation: update by organisation'],
  campaigns: [
    'branch: insert by organisation',
    'nomination: insert by organisation',
    'nomination: update by organisation',
    'organisation: insert by organisation',
  ],
  programs: ['session: update by partner'],
};

describe.each(['organisations', 'people', 'campaigns', 'programs', 'identity'])('the database of %s', service => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await testDatabase(service);
    client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });
  const names = async (sql: string, parameters: unknown[] = []) =>
    (await client.query(sql, parameters)).rows.map(row => row.name);

  it('forces row security on every table', async () => {
    expect(
      (await names(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`))
        .length,
    ).toBeGreaterThan(8);
    expect(
      await names(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`,
      ),
    ).toEqual([]);
  });

  it('has no view that would bypass row security', async () => {
    expect(
      await names(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not coalesce(reloptions @> '{security_invoker=true}', false)`,
      ),
    ).toEqual([]);
  });

  it('grants nothing to everybody', async () => {
    expect(
      await names(
        `select distinct table_name as name from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema = 'public'`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select p.proname as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where p.pronamespace = 'public'::regnamespace and a.grantee = 0`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select a.privilege_type as name from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a where d.datname = current_database() and a.grantee = 0`,
      ),
    ).toEqual([]);
  });

  it('lets no audience truncate, and gives policies to single audiences only', async () => {
    expect(
      await names(
        `select table_name as name from information_schema.role_table_grants where grantee = any ($1) and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')`,
        [audiences],
      ),
    ).toEqual([]);
    expect(await names(`select policyname as name from pg_policies where roles && '{public}'`)).toEqual([]);
  });

  it('lets others than committees write what the rules name, and nothing else', async () => {
    expect(
      await names(
        `select tablename || ': ' || lower(cmd) || ' by ' || substr(role, 5) as name from pg_policies, unnest(roles) role
         where cmd <> 'SELECT' and role <> all ('{hub_committee,hub_service}') and policyname <> 'owner'
           and tablename <> all ('{read_log,idempotency,taken_key}') order by 1`,
      ),
    ).toEqual(writtenByOthers[service] ?? []);
  });

  it('has a login that owns nothing, inherits nothing and bypasses nothing', async () => {
    const login = `hub_${service}`;
    expect(
      await names(
        `select rolname as name from pg_roles where rolname = $1 and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit)`,
        [login],
      ),
    ).toEqual([]);
    expect(
      await names(`select relname as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1`, [login]),
    ).toEqual([]);
    expect(
      await names(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and has_table_privilege($1, oid, 'select')`,
        [login],
      ),
    ).toEqual([]);
  });

  it('fails closed without a viewer', async () => {
    const bare = new pg.Client({ connectionString: database.url });
    await bare.connect();
    const tables = await names(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    for (const table of tables) await expect(bare.query(`select * from "${table}"`)).rejects.toThrow('permission denied');
    await bare.query('set role hub_committee');
    await expect(bare.query('select * from revision')).rejects.toThrow('unrecognized configuration parameter');
    await expect(bare.query('create temporary table t (id int)')).rejects.toThrow('permission denied');
    await bare.end();
  });

  it('writes a revision for every change of every table whose rows belong to divisions', async () => {
    expect(
      await names(`select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('version', 'division_code', 'id')) = 3
        and (select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgname in ('revise_insert', 'revise_update', 'revise_delete')) <> 3`),
    ).toEqual([]);
  });
});
