import { randomUUID } from 'node:crypto';
import { openOrm } from '@hub/kit/orm';
import { ReadTransaction } from '@hub/kit/read/read-transaction';
import { session } from '@hub/kit/slice';
import type { Role } from '@hub/kit/viewer';
import { organisations } from '@hub/organisations/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { type TestDatabase, testDatabase } from './test-database.ts';

const planted = 20_000;
const page = 1_000;
const reader = { actor: 'reader', organisation: randomUUID(), scopes: new Set<string>() };

let database: TestDatabase;
let orm: MikroORM;
let first: { xid: string; seq: string };
beforeAll(async () => {
  database = await testDatabase('organisations');
  orm = await openOrm(database.url, organisations);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('alter table revision set (autovacuum_enabled = off)');
  await owner.query(
    `insert into revision (entity, entity_id, version, action, division_code, actor, request_id, data)
     select 'organisation', gen_random_uuid(), 1, 'insert', '220102', 'planted', 'planted', '{}' from generate_series(1, ${planted})`,
  );
  first = (await owner.query(`select xid, seq from revision where actor = 'planted' order by seq limit 1`)).rows[0];
  await owner.end();
});
afterAll(async () => {
  await orm?.close(true);
  await database?.drop();
});

/** Of this connection: they are passed on to the others by and by. */
const counter = `select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = 'revision'`;

/** How many revisions PostgreSQL looked at to answer a page as somebody. */
async function lookedAt(role: Role, sql: string): Promise<{ rows: number; read: number }> {
  const pool = await orm.em.getConnection().getNativeClient();
  const viewer = { ...reader, role, division: role === 'SERVICE' ? '000000' : '220100' };
  const transaction = new ReadTransaction(pool, session(viewer, { requestId: 'feed' }).variables);
  try {
    const before = await transaction.rows({ sql: counter });
    const rows = await transaction.rows({ sql });
    const after = await transaction.rows({ sql: counter });
    return { rows: rows.length, read: after[0]!.read - before[0]!.read };
  } finally {
    await transaction.end();
  }
}

describe('a page of the change feed', () => {
  it.each<Role>(['COMMITTEE', 'REPORTING', 'AUDITOR', 'SERVICE'])(
    'costs a page and no more right after a large import, when the statistics know nothing of it: %s',
    async role => {
      const { rows, read } = await lookedAt(
        role,
        `select seq from changes_after(1, '${first.xid}', ${first.seq}, 2, '0', ${page})`,
      );
      expect(rows).toBe(page);
      expect(read).toBeLessThanOrEqual(page + 1);
    },
  );

  it('is read under the row security of its reader', async () => {
    expect((await lookedAt('ORGANISATION', `select seq from changes_after(0, '0', 0, 2, '0', ${page})`)).rows).toBe(0);
    expect((await lookedAt('PARTNER', `select seq from changes_after(0, '0', 0, 2, '0', ${page})`)).rows).toBe(0);
  });
});
