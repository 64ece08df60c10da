import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { asAdmin } from './test-database.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { city } from './test-tokens.ts';

describe('a client that goes away', () => {
  let hub: TestHub;
  let holder: pg.Client;
  beforeAll(async () => {
    hub = await testHub({ sample: false, together: true });
    holder = new pg.Client({ connectionString: hub.databases.people.ownerUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table person in access exclusive mode');
  }, 600_000);
  afterAll(async () => {
    await holder?.end();
    await hub?.stop();
  });

  const openTransactions = () =>
    asAdmin(async run => {
      const { rows } = await run(`select 1 from pg_stat_activity where usename = 'hub_people' and xact_start is not null`);
      return rows.length;
    });

  const statements = () =>
    asAdmin(async run => {
      const { rows } = await run(
        `select 1 from pg_stat_activity where state = 'active' and usename = 'hub_people' and query ~ '/[*] request [0-9a-f-]{36} [*]/'`,
      );
      return rows.length;
    });

  it.each([
    ['a query', 'query { people { totalCount } }'],
    ['a mutation', `mutation { createPerson(input: { name: "张三", divisionCode: "220102" }) { id } }`],
  ])('takes the statement of %s along, which carries the id of its request', async (_title, query) => {
    const leaving = new AbortController();
    const answer = fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await hub.token(city)}`,
      },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    });
    await eventually(async () => expect(await statements()).toBe(1));
    leaving.abort();
    await expect(answer).rejects.toThrow(/abort/);
    await eventually(async () => expect(await statements()).toBe(0));
    await eventually(async () => expect(await openTransactions()).toBe(0));
  });
});
