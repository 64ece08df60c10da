import { randomUUID } from 'node:crypto';
import { campaigns } from '@hub/campaigns/subgraph';
import { openOrm } from '@hub/kit/orm';
import { ReadTransaction } from '@hub/kit/read/read-transaction';
import { Reader } from '@hub/kit/read/reader';
import { session } from '@hub/kit/slice';
import type { Subgraph } from '@hub/kit/subgraph';
import type { Viewer } from '@hub/kit/viewer';
import { organisations } from '@hub/organisations/subgraph';
import { people } from '@hub/people/subgraph';
import { programs } from '@hub/programs/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EntityManager, type EntityProperty, type MikroORM, ReferenceKind } from '@mikro-orm/postgresql';
import pg, { type Pool, type PoolClient } from 'pg';
import { asAdmin, type TestDatabase, testDatabase } from './test-database.ts';
import { sampleTemplates } from './test-hub.ts';

const city: Viewer = { actor: `O'Neil\\`, role: 'COMMITTEE', division: '220100', scopes: new Set() };

/** A pool whose messages are noted. */
const noting = (pool: Pool, sent: string[]) =>
  ({
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const query = (sql: string) => {
        sent.push(sql);
        return client.query(sql);
      };
      return { query, release: (lost?: Error) => client.release(lost) };
    },
  }) as unknown as Pool;

async function opened(subgraph: Subgraph) {
  const database = await testDatabase(subgraph.name, `sampled_${subgraph.name}`);
  const orm = await openOrm(database.url, subgraph);
  const pool = await orm.em.getConnection().getNativeClient();
  const settings = session(city, { requestId: 'reading' }).variables;
  const sent: string[] = [];
  return { database, orm, sent, begin: () => new ReadTransaction(noting(pool, sent), settings) };
}

const underWay = (database: TestDatabase) =>
  asAdmin(
    async run => (await run(`select 1 from pg_stat_activity where datname = '${database.name}' and xact_start is not null`)).rows,
  );

beforeAll(() => sampleTemplates(), 600_000);

describe('a reading operation', () => {
  let database: TestDatabase;
  let orm: MikroORM;
  let begin: () => ReadTransaction;
  let sent: string[];
  beforeAll(async () => {
    ({ database, orm, sent, begin } = await opened(organisations));
  });
  afterAll(async () => {
    await orm.close(true);
    await database.drop();
  });

  it('takes no connection when it asks for nothing', async () => {
    sent.length = 0;
    await begin().end();
    expect(sent).toEqual([]);
  });

  it('sends together what is asked for in one turn, in one snapshot of its slice, and leaves nothing behind', async () => {
    sent.length = 0;
    const transaction = begin();
    const counted = () => transaction.rows({ sql: 'select count(*)::int as n from organisation' }).then(([row]) => row!.n);
    const [first, second, who] = await Promise.all([
      counted(),
      counted(),
      transaction.rows({ sql: `select current_setting('hub.actor') as actor, current_user as role` }),
    ]);
    expect(first).toBeGreaterThan(100);
    expect([second, who]).toEqual([first, [{ actor: city.actor, role: 'hub_committee' }]]);
    const owner = orm.em.fork({ session: session({ ...city, role: 'COMMITTEE' }, { requestId: 'other' }) });
    await owner.transactional(em =>
      em.execute(`update organisation set division_code = '220102' where division_code = '220104'`),
    );
    const elsewhere = transaction.rows({ sql: `select count(*)::int as n from organisation where division_code = '220104'` });
    expect((await elsewhere)[0]!.n).toBeGreaterThan(0);
    await transaction.end();
    expect(sent.map(sql => sql.split(';\n').length - 1)).toEqual([5, 1, 0]);
    expect(sent.at(-1)).toBe('rollback');
    expect(await underWay(database)).toEqual([]);
    const after = begin();
    expect(await after.rows({ sql: 'select 1 as one' })).toEqual([{ one: 1 }]);
    await after.end();
  });

  it('blames the statement at fault alone, asks the others again, and goes on', async () => {
    const transaction = begin();
    const asked = ['select 1 as n', `select '欧𠮷' || 'a'::uuid`, 'select 2 as n'].map(sql => transaction.rows({ sql }));
    const [first, faulty, last] = await Promise.allSettled(asked);
    expect(faulty).toMatchObject({ reason: { code: '22P02' } });
    expect([first, last]).toMatchObject([{ value: [{ n: 1 }] }, { value: [{ n: 2 }] }]);
    const role = 'select current_user::text as role';
    expect(await transaction.rows({ sql: role })).toEqual([{ role: 'hub_committee' }]);
    await transaction.end();
  });

  it('reads only', async () => {
    const transaction = begin();
    await expect(transaction.rows({ sql: 'delete from organisation' })).rejects.toMatchObject({ code: /25006|42501/ });
    await transaction.end();
  });

  it('gives rows that cannot slip into a change', async () => {
    const transaction = begin();
    const reader = new Reader(orm.em.fork(), statement => transaction.rows(statement));
    const { class: type } = orm.getMetadata().getByClassName('Organisation');
    const [row] = await reader.find<any>(type, { where: {}, limit: 1 });
    await transaction.end();
    expect(row).toBeInstanceOf(type);
    expect(() => orm.em.fork().persist(row)).toThrow();
  });
});

describe('a statement that comes again', () => {
  let database: TestDatabase;
  let orm: MikroORM;
  const sent: string[] = [];
  let connection: PoolClient;
  let pool: Pool;
  beforeAll(async () => {
    ({ database, orm } = await opened(organisations));
    connection = await (await orm.em.getConnection().getNativeClient()).connect();
    const query = (text: string) => {
      sent.push(text);
      return connection.query(text);
    };
    const noted = { query, release: () => undefined };
    pool = { connect: async () => noted } as unknown as Pool;
  });
  afterAll(async () => {
    connection.release();
    await orm.close(true);
    await database.drop();
  });

  /** Always by the same connection, whoever asks. */
  async function reading<R>(viewer: Viewer, read: (reader: Reader) => Promise<R>): Promise<R> {
    const transaction = new ReadTransaction(pool, session(viewer, { requestId: 'again' }).variables);
    try {
      return await read(new Reader(orm.em.fork(), statement => transaction.rows(statement)));
    } finally {
      await transaction.end();
    }
  }
  const ask = <R extends object>(viewer: Viewer, sql: string, params: unknown[]) =>
    reading(viewer, reader => reader.execute<R>(sql, params));
  const organisationsOf = 'select id from organisation where is_key = ? and division_code >= ? order by id';
  const preparedIn = async () => (await connection.query('select name from pg_prepared_statements')).rows.length;

  it('is planned once in its connection, and answers as before', async () => {
    const first = await ask(city, organisationsOf, [true, '220102']);
    expect([first.length > 50, await preparedIn()]).toEqual([true, 0]);
    sent.length = 0;
    expect(await ask(city, organisationsOf, [true, '220102'])).toEqual(first);
    expect(await preparedIn()).toBe(1);
    expect((await ask(city, organisationsOf, [true, '220182'])).length).toBeLessThan(first.length);
    expect(await ask(city, organisationsOf, [null, `'; drop table organisation; --`])).toEqual([]);
    expect(await preparedIn()).toBe(1);
    expect(sent.filter(text => text.includes('prepare ')).length).toBe(1);
  });

  it('is answered in the slice and role of each who asks, though the connection is the same', async () => {
    const sql = 'select distinct division_code as code from organisation where division_code > ? order by 1';
    const county = (division: string): Viewer => ({ ...city, division });
    for (let round = 0; round < 8; round++) {
      expect(await ask(county('220102'), sql, ['0'])).toEqual([{ code: '220102' }]);
      expect(await ask(county('220104'), sql, ['0'])).toEqual([{ code: '220104' }]);
      expect((await ask(city, sql, ['0'])).length).toBeGreaterThan(10);
      expect(await ask({ ...city, role: 'PARTNER', organisation: randomUUID() }, sql, ['0'])).toEqual([]);
      expect((await ask({ ...county('220102'), role: 'REPORTING' }, sql, ['0'])).length).toBe(1);
      expect(await ask({ ...city, role: 'AUDITOR' }, sql, ['0'])).toEqual([]);
    }
  });

  it('that fails is tried again under another name', async () => {
    const sql = 'select 1 / ?::int as part';
    await expect(ask(city, sql, [0])).rejects.toMatchObject({ code: '22012' });
    await expect(ask(city, sql, [0])).rejects.toMatchObject({ code: '22012' });
    expect(await ask(city, sql, [1])).toEqual([{ part: 1 }]);
    expect(await ask(city, sql, [1])).toEqual([{ part: 1 }]);
  });

  it('reads on when a migration adds a column, and prepares anew what no longer fits', async () => {
    const { class: type } = orm.getMetadata().getByClassName('Organisation');
    const read = () => reading(city, reader => reader.find<any>(type, { where: { isKey: true } }));
    const whole = 'select o.* from organisation o where is_key = ? order by id';
    const [before] = [await read(), await read(), await ask(city, whole, [true]), await ask(city, whole, [true])];
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('alter table organisation add column motto text');
    await owner.end();
    expect(await read()).toEqual(before);
    // Prepared, it no longer fits, and is asked again as a text of its own.
    for (let i = 0; i < 2; i++) expect((await ask(city, whole, [true])).length).toBe(before.length);
  });

  it('leaves room: a connection keeps those it used last', async () => {
    const twice = async (n: number) => {
      for (let again = 0; again < 2; again++) expect(await ask(city, `select ${n} + ?::int as n`, [1])).toEqual([{ n: n + 1 }]);
    };
    for (let n = 0; n < 120; n++) {
      await twice(n);
      await twice(0);
    }
    const { rows } = await connection.query<{ statement: string }>('select statement from pg_prepared_statements');
    const kept = rows.map(({ statement }) => Number(/select (\d+)/.exec(statement)?.[1])).toSorted((a, b) => a - b);
    expect(kept).toEqual([0, ...Array.from({ length: 99 }, (_, i) => 21 + i)]);
  });

  it('leaves none behind where it is asked for twice in one message', async () => {
    for (let n = 0; n < 220; n++) {
      const sql = `select ${n % 110} * ?::int as n`;
      const answers = await reading(city, async reader => {
        await reader.execute(sql, [0]);
        return Promise.all([1, 2, 3].map(value => reader.execute(sql, [value])));
      });
      expect(answers.flat()).toEqual([1, 2, 3].map(value => ({ n: (n % 110) * value })));
    }
    expect(await preparedIn()).toBe(100);
  });

  it('is not prepared when too many others come in between', async () => {
    const each = async () => {
      for (let n = 0; n < 110; n++) await ask(city, `select ${n} - ?::int as n`, [1]);
    };
    const before = await preparedIn();
    await each();
    await each();
    expect(await preparedIn()).toBe(before);
  });
});

/** What a property is worth: a reference its key. */
const worth = ({ kind, targetMeta, name }: EntityProperty, row: any) =>
  kind === ReferenceKind.SCALAR ? (row[name] ?? null) : (row[name]?.[targetMeta!.primaryKeys[0]!] ?? null);

const columns = (props: EntityProperty[]) =>
  props.filter(({ kind, fieldNames }) => kind !== ReferenceKind.ONE_TO_MANY && fieldNames?.length === 1);

async function bothWays(em: EntityManager, reader: Reader, type: any) {
  const [key] = em.getMetadata(type).primaryKeys;
  const options = { orderBy: [{ [key!]: 'asc' }], limit: 500 } as never;
  return [await em.find<any>(type, {}, options), await reader.find<any>(type, { where: {}, ...(options as object) })] as const;
}

describe.each([organisations, people, campaigns, programs])('rows of $name', subgraph => {
  it('are the same read plainly as by the unit of work', async () => {
    const { database, orm, begin } = await opened(subgraph);
    const transaction = begin();
    const reader = new Reader(orm.em.fork(), statement => transaction.rows(statement));
    let compared = 0;
    await orm.em.fork({ session: session(city, { requestId: 'reading' }) }).transactional(async em => {
      for (const { class: type, props, className } of orm.getMetadata().getAll().values()) {
        if (className === 'Idempotency' || className === 'ReadLog' || className === 'FeedPosition') continue;
        const [managed, plain] = await bothWays(em, reader, type);
        const shown = (rows: any[]) =>
          rows.map(row => Object.fromEntries(columns(props).map(prop => [prop.name, worth(prop, row)])));
        expect(shown(plain)).toEqual(shown(managed));
        compared += plain.length;
      }
    });
    await transaction.end();
    await orm.close(true);
    await database.drop();
    expect(compared).toBeGreaterThan(500);
  });
});
