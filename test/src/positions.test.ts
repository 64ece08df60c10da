import { randomUUID } from 'node:crypto';
import { markFeed } from '@hub/kit/epoch';
import { serve } from '@hub/kit/serve';
import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';
import { type Answer, ask } from './test-service.ts';
import { city, county, verifyTestToken } from './test-tokens.ts';

const feed = `query ($after: String) { organisationChanges(after: $after, first: 1000) { cursor hasMore upTo nodes { kind entity entityId } } }`;
const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;

interface Page {
  cursor: string;
  hasMore: boolean;
  upTo: string | null;
  nodes: { kind: string; entity: string; entityId: string }[];
}

/** One life of the organisations' database with a service on it. */
class Life {
  private constructor(
    readonly database: TestDatabase,
    private readonly serving: Awaited<ReturnType<typeof serve>>,
    readonly owner: pg.Client,
  ) {}

  static async begin(database: TestDatabase, before?: (owner: pg.Client) => Promise<unknown>): Promise<Life> {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await before?.(owner);
    const serving = await serve(organisations, { databaseUrl: database.url, verify: verifyTestToken });
    return new Life(database, serving, owner);
  }

  ask = (query: string, variables: object): Promise<Answer> => ask(this.serving.url, city, query, variables);

  async enter(): Promise<string> {
    const { data } = await ask(this.serving.url, county('220102'), create, { input: anOrganisation() });
    return data.createOrganisation.id;
  }

  async read(after?: string): Promise<Page> {
    const { data, errors } = await this.ask(feed, { after });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.organisationChanges;
  }

  /** What a follower that waits has in the end. */
  async readPast(id: string, after?: string): Promise<Page> {
    return eventually(async () => {
      const page = await this.read(after);
      expect(page.nodes.map(node => node.entityId)).toContain(id);
      return page;
    });
  }

  mark = () => markFeed(this.serving.orm);

  async end(): Promise<void> {
    await this.serving.stop();
    await this.owner.end();
  }
}

const entered = (page: Page) => page.nodes.map(({ entityId }) => entityId);
const backup = (of: Life) => testDatabase('organisations', of.database.name);

describe('a position in the feed', () => {
  const lives: Life[] = [];
  const databases: TestDatabase[] = [];
  const live = async (database: TestDatabase, before?: (owner: pg.Client) => Promise<unknown>) => {
    databases.push(database);
    const life = await Life.begin(database, before);
    lives.push(life);
    return life;
  };
  afterAll(async () => {
    for (const life of lives) await life.end().catch(() => undefined);
    for (const database of databases) await database.drop();
  });

  describe('of a database that is copied and goes on in another life', () => {
    let first: Life;
    let second: Life;
    let twin: TestDatabase;
    let kept: string;
    let undone: string;
    let before: string;
    let beyond: string;
    beforeAll(async () => {
      first = await live(await testDatabase('organisations'));
      kept = await first.enter();
      await first.mark();
      before = (await first.readPast(kept)).cursor;
      // PostgreSQL copies a database nobody is connected to: this is the moment of the backup.
      await first.end();
      const copy = await backup(first);
      twin = await backup(first);
      const original = await live(first.database);
      undone = await original.enter();
      await original.mark();
      beyond = (await original.readPast(undone, before)).cursor;
      second = await live(copy);
    });

    it('from before the backup goes on with everything that comes after it, and nothing twice', async () => {
      const later = await second.enter();
      expect(entered(await second.readPast(later, before))).toEqual([later]);
    });

    it('from after the backup is answered FEED_REWOUND with where to go on and since when', async () => {
      const { data, errors } = await second.ask(feed, { after: beyond });
      expect(data).toEqual({ organisationChanges: null });
      expect(errors).toMatchObject([
        { extensions: { code: 'FEED_REWOUND', cursor: expect.any(String), since: expect.any(String) } },
      ]);
      const { cursor, since } = errors![0]!.extensions as unknown as { cursor: string; since: string };
      const later = await second.enter();
      const page = await second.readPast(later, cursor);
      expect(entered(page)).not.toContain(undone);
      expect(new Date(since).getTime()).toBeLessThanOrEqual(Date.now());
    });

    it('given out by one of two copies is not taken for one of the other', async () => {
      const third = await live(twin);
      const theirs = (await second.readPast(await second.enter())).cursor;
      const { errors } = await third.ask(feed, { after: theirs });
      expect(errors).toMatchObject([{ extensions: { code: 'FEED_REWOUND' } }]);
    });
  });

  it('on a new server, whose transactions count from the beginning, hides nothing that was restored', async () => {
    const first = await live(await testDatabase('organisations'));
    const ids = [await first.enter(), await first.enter()];
    await first.mark();
    await first.end();
    const restored = await live(await backup(first), owner =>
      owner.query(
        `update revision set xid = (xid::text::bigint + 1000000000)::text::xid8; update epoch set decided = (decided::text::bigint + 1000000000)::text::xid8`,
      ),
    );
    const later = await restored.enter();
    expect(entered(await restored.readPast(later))).toEqual([...ids, later]);
  });

  it('from before there were epochs goes on in the first', async () => {
    const life = await live(await testDatabase('organisations'));
    const [one, two] = [await life.enter(), await life.enter()];
    const { rows } = await life.owner.query('select xid::text, seq::text from revision where entity_id = $1', [one]);
    expect(entered(await life.readPast(two, `${rows[0].xid}.${rows[0].seq}`))).toEqual([two]);
  });

  it.each(['1', '1-xyz.1.1', '1-00000000.1', '9999999999999999999.1', "1.1'; select 1", '', '{"$re": "a"}'])(
    'that no page gave out (%s) is refused by name',
    async cursor => {
      const life = lives.at(-1)!;
      const { errors } = await life.ask(feed, { after: cursor });
      expect(errors).toMatchObject([{ message: expect.stringMatching(/^after: /), extensions: { code: 'INVALID_INPUT' } }]);
    },
  );

  describe('beside open transactions', () => {
    let life: Life;
    let other: TestDatabase;
    let stranger: pg.Client;
    beforeAll(async () => {
      life = await live(await testDatabase('organisations'));
      other = await testDatabase('people');
      databases.push(other);
      stranger = new pg.Client({ connectionString: other.ownerUrl });
      await stranger.connect();
    });
    afterAll(() => stranger.end());

    it('is not held back by one in another database of the same server', async () => {
      await stranger.query('begin; select pg_current_xact_id()');
      const id = await life.enter();
      const page = await life.read();
      await stranger.query('rollback');
      expect(entered(page)).toContain(id);
    });

    it('waits for one in its own database, says since when, and then misses nothing', async () => {
      const id = randomUUID();
      await life.owner.query('begin');
      await life.owner.query(
        `insert into revision (epoch, entity, entity_id, version, action, division_code, actor, request_id, data)
         values (current_epoch(), 'organisation', $1, 1, 'insert', '220102', 'late', 'late', '{}')`,
        [id],
      );
      const { rows } = await life.owner.query('select now() as since');
      const fast = await life.enter();
      await life.mark();
      const held = await life.read();
      expect(entered(held)).not.toContain(fast);
      expect(new Date(held.upTo!).getTime()).toBeLessThanOrEqual(rows[0].since.getTime());
      await life.owner.query('commit');
      expect(entered(await life.readPast(fast, held.cursor))).toEqual([id, fast]);
    });
  });
});
