import { migrate } from '@hub/kit/migrate';
import { type TestDatabase, testDatabase } from '@hub/test/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { people } from '../subgraph.ts';

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await testDatabase('people');
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

/** As they were taken in before phones had one form and names a key. */
const before = [
  ['张　三', '+8613800040001'],
  ['李四', '8613800040002'],
  ['阿不都•买买提', '043188880003'],
  ['王五', '88880004'],
  ['赵六', '13800040005'],
  ['钱七', null],
];

describe('people who were on file before', () => {
  it('have a key of their name and a phone in its one form; what no rule reads stays, and nobody changed them', async () => {
    for (const [i, [name, phone]] of before.entries())
      await owner.query(
        `insert into person (id, name, sort_key, phone, division_code, birth_year) values (gen_random_uuid(), $1, 'x', $2, '220102', $3)`,
        [name, phone, 1980 + i],
      );
    await owner.query(`alter table person drop column name_key`);
    await owner.query(`drop index person_phone_index`);
    await owner.query(`delete from mikro_orm_migrations where name = 'Migration20261128143531'`);
    await migrate('people', database.ownerUrl, people);
    const { rows } = await owner.query('select name, name_key, phone, version from person order by birth_year');
    expect(rows.map(({ name, name_key, phone, version }) => [name, name_key, phone, version])).toEqual([
      ['张　三', '张三', '13800040001', 1],
      ['李四', '李四', '13800040002', 1],
      ['阿不都•买买提', '阿不都·买买提', '0431-88880003', 1],
      ['王五', '王五', '88880004', 1],
      ['赵六', '赵六', '13800040005', 1],
      ['钱七', '钱七', null, 1],
    ]);
    const { rows: written } = await owner.query(`select action from revision where entity = 'person'`);
    expect(written.map(({ action }) => action)).toEqual(before.map(() => 'insert'));
    const { rows: triggers } = await owner.query(
      `select tgenabled from pg_trigger where tgrelid = 'person'::regclass and not tgisinternal`,
    );
    expect(new Set(triggers.map(({ tgenabled }) => tgenabled))).toEqual(new Set(['O']));
  });
});
