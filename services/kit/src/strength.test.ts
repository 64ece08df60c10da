import { organisations } from '@hub/organisations/subgraph';
import { asAdmin, type TestDatabase, testDatabase } from '@hub/test/test-database';
import { verifyTestToken } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrate } from './migrate.ts';
import { serve } from './serve.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('organisations');
});
afterAll(() => database.drop());

const asOwner = async (sql: string) => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};
const start = async () => {
  const serving = await serve(organisations, { databaseUrl: database.url, verify: verifyTestToken });
  await serving.stop();
};

describe('a service', () => {
  it('starts over a database as strong as its code', start);

  it.each([
    ['a policy opened by hand', 'alter policy committee on organisation using (true)'],
    ['a policy of its own making', 'create policy extra on organisation for select to hub_partner using (true)'],
    ['a policy dropped', 'drop policy reporting on organisation'],
    ['row security not forced', 'alter table organisation no force row level security'],
    ['row security off', 'alter table organisation disable row level security'],
    ['a privilege too many', 'grant delete on organisation to hub_partner'],
    ['a privilege for everybody', 'grant select on organisation to public'],
    ['a view that bypasses row security', 'create view all_of_them as select * from organisation'],
    ['a trigger switched off', 'alter table organisation disable trigger revise_update'],
    [
      'a function changed',
      `create or replace function revise() returns trigger language plpgsql security definer as 'begin return null; end'`,
    ],
    ['the guards of another version', `comment on schema public is 'hub security none'`],
  ])('does not start over a database with %s, until that is migrated', async (_fault, sql) => {
    await asOwner(sql);
    await expect(start()).rejects.toThrow(
      new RegExp(
        `^DATABASE_URL_ORGANISATIONS \\(${database.name} at \\S+ as hub_organisations\\): the database guards less than the code expects: .+\\.$`,
      ),
    );
    await asOwner('drop view if exists all_of_them');
    await migrate('organisations', database.ownerUrl, organisations);
    await start();
  });

  it('does not start with a login that is more than a login', async () => {
    try {
      await asAdmin(run =>
        run('create role hub_test_strong login bypassrls; grant hub_committee to hub_test_strong with inherit false'),
      );
      const strong = Object.assign(new URL(database.url), { username: 'hub_test_strong' });
      await asAdmin(run =>
        run(
          `alter role hub_test_strong password '${strong.password}'; grant connect on database ${database.name} to hub_test_strong`,
        ),
      );
      const started = serve(organisations, { databaseUrl: strong.toString(), verify: verifyTestToken });
      await expect(started).rejects.toThrow('the login is more than a login (hub_test_strong)');
    } finally {
      await asAdmin(run => run(`drop owned by hub_test_strong`).catch(() => undefined));
      await asAdmin(run => run(`revoke all on database ${database.name} from hub_test_strong; drop role hub_test_strong`));
    }
  });
});
