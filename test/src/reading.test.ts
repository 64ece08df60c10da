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
import type { Pool } from 'pg';
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
    const counted = () => transaction.rows('select count(*)::int as n from organisation').then(([row]) => row!.n);
    const [first, second, who] = await Promise.all([
      counted(),
      counted(),
      transaction.rows(`select current_setting('hub.actor') as actor, current_user as role`),
    ]);
    expect(first).toBeGreaterThan(100);
    expect([second, who]).toEqual([first, [{ actor: city.actor, role: 'hub_committee' }]]);
    const owner = orm.em.fork({ session: session({ ...city, role: 'COMMITTEE' }, { requestId: 'other' }) });
    await owner.transactional(em =>
      em.execute(`update organisation set division_code = '220102' where division_code = '220104'`),
    );
    const elsewhere = transaction.rows(`select count(*)::int as n from organisation where division_code = '220104'`);
    expect((await elsewhere)[0]!.n).toBeGreaterThan(0);
    await transaction.end();
    expect(sent.map(sql => sql.split(';\n').length - 1)).toEqual([5, 1, 0]);
    expect(sent.at(-1)).toBe('rollback');
    expect(await underWay(database)).toEqual([]);
    const after = begin();
    expect(await after.rows('select 1 as one')).toEqual([{ one: 1 }]);
    await after.end();
  });

  it('blames the statement at fault, though the database names only a place in the text', async () => {
    const transaction = begin();
    const asked = ['select 1', `select '欧𠮷' || 'a'::uuid`, 'select 2'].map(sql => transaction.rows(sql));
    const [first, faulty, last] = await Promise.allSettled(asked);
    expect(faulty).toMatchObject({ reason: { code: '22P02' } });
    for (const fallen of [first, last]) expect(fallen).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
    await expect(transaction.rows('select 3')).rejects.toMatchObject({ code: '25P02' });
    await transaction.end();
  });

  it('reads only', async () => {
    const transaction = begin();
    await expect(transaction.rows('delete from organisation')).rejects.toMatchObject({ code: /25006|42501/ });
    await transaction.end();
  });

  it('gives rows that cannot slip into a change', async () => {
    const transaction = begin();
    const reader = new Reader(orm.em.fork(), sql => transaction.rows(sql));
    const { class: type } = orm.getMetadata().getByClassName('Organisation');
    const [row] = await reader.find<any>(type, { where: {}, limit: 1 });
    await transaction.end();
    expect(row).toBeInstanceOf(type);
    expect(() => orm.em.fork().persist(row)).toThrow();
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
    const reader = new Reader(orm.em.fork(), sql => transaction.rows(sql));
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
