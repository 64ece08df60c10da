import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { forgetExpired } from './forget-expired.ts';
import { type TestIdentity, testIdentity } from './test-identity.ts';

let hub: TestIdentity;
let owner: pg.Client;
beforeAll(async () => {
  hub = await testIdentity();
  owner = new pg.Client({ connectionString: hub.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await hub.stop();
});

const left = async (table: string) => (await owner.query(`select count(*)::int as n from ${table}`)).rows[0].n;

it('forgets what signing in left behind once its time is over, and nothing before', async () => {
  await owner.query(
    `insert into oidc_record (model, id, payload, expires_at) values
     ('Interaction', 'over', '{}', now() - interval '1 second'), ('Interaction', 'under-way', '{}', now() + interval '1 hour')`,
  );
  await owner.query(
    `insert into guess (key, count, until) values ('name:over', 5, now() - interval '1 second'), ('name:locked', 5, now() + interval '1 hour')`,
  );
  await forgetExpired(hub.orm);
  expect([await left('oidc_record'), await left('guess')]).toEqual([1, 1]);
});
