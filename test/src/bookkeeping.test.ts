import { randomUUID } from 'node:crypto';
import { pruneBookkeeping } from '@hub/kit/bookkeeping';
import { people } from '@hub/people/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type TestService, testService } from './test-service.ts';
import { county } from './test-tokens.ts';

const week = { HUB_KEEP_ANSWERS_DAYS: 7, HUB_KEEP_TRIALS_DAYS: 7 };

describe('the bookkeeping of a service', () => {
  let service: TestService;
  let owner: pg.Client;
  beforeAll(async () => {
    service = await testService(people);
    owner = new pg.Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await service.stop();
  });

  const plantAnswer = async (key: string, age: string) => {
    const { columns } = await describeIdempotency();
    const given: Record<string, string> = { actor: 'somebody', key, operation: 'hash', answer: '{"name":"王小明"}' };
    const names = columns.filter(name => name !== 'at');
    await owner.query(
      `insert into idempotency (${names.map(name => `"${name}"`).join(', ')}, at) values (${names.map((_, i) => `$${i + 1}`).join(', ')}, now() - interval '${age}')`,
      names.map(name => given[name] ?? 'x'),
    );
  };
  const describeIdempotency = async () => ({
    columns: (
      await owner.query(
        `select column_name from information_schema.columns where table_name = 'idempotency' and (is_nullable = 'NO' or column_name = 'answer')`,
      )
    ).rows.map(row => row.column_name as string),
  });
  const plantBatch = async (state: string, age: string) => {
    const id = randomUUID();
    await owner.query(
      `insert into import_batch (id, division_code, ledger, file_name, sha256, state, actor, row_count, counts, created_at)
       values ($1, '220102', 'MEMBERS', '党员.xlsx', 'abc', $2, 'somebody', 1, '{}', now() - $3::interval)`,
      [id, state, age],
    );
    await owner.query(
      `insert into import_row (batch_id, "row", division_code, cells, outcome) values ($1, 2, '220102', '["王小明", "13812345678"]', 'CREATED')`,
      [id],
    );
    return id;
  };
  const keys = async () => (await owner.query('select key from idempotency order by key')).rows.map(row => row.key);
  const rowsOf = async (id: string) => (await owner.query('select cells from import_row where batch_id = $1', [id])).rowCount;
  const stateOf = async (id: string) => (await owner.query('select state from import_batch where id = $1', [id])).rows[0].state;

  it('forgets the answer kept under a key after its time, and no sooner', async () => {
    await plantAnswer('older-than-a-week', '8 days');
    await plantAnswer('younger-than-a-week', '6 days');
    await pruneBookkeeping(service.orm, week);
    expect(await keys()).toEqual(['younger-than-a-week']);
  });

  it('forgets the cells of a file that was only tried, and says so to whoever would apply it', async () => {
    const old = await plantBatch('READY', '8 days');
    const young = await plantBatch('READY', '6 days');
    const staged = await plantBatch('STAGED', '8 days');
    await pruneBookkeeping(service.orm, week);
    expect(await Promise.all([old, young, staged].map(rowsOf))).toEqual([0, 1, 0]);
    expect(await Promise.all([old, young, staged].map(stateOf))).toEqual(['FAILED', 'READY', 'FAILED']);
    const { errors } = await service.ask(
      county('220102'),
      'mutation ($input: ApplyImport!) { applyPeopleImport(input: $input) { state } }',
      { input: { id: old, dryRun: false } },
    );
    expect(errors).toMatchObject([
      { extensions: { code: 'NOT_ALLOWED' }, message: expect.stringMatching(/upload the file again/) },
    ]);
  });

  it('keeps what became of each row of a file that was applied, however old', async () => {
    const applied = await plantBatch('APPLIED', '400 days');
    await pruneBookkeeping(service.orm, week);
    expect(await rowsOf(applied)).toBe(1);
  });

  it('takes more than one transaction can hold', async () => {
    const id = await plantBatch('READY', '8 days');
    await owner.query(
      `insert into import_row (batch_id, "row", division_code, cells, outcome) select $1, n, '220102', '["王小明"]', 'CREATED' from generate_series(3, 25000) n`,
      [id],
    );
    await pruneBookkeeping(service.orm, week);
    expect(await rowsOf(id)).toBe(0);
  });

  it.each(['hub_committee', 'hub_organisation', 'hub_partner', 'hub_reporting', 'hub_auditor'])(
    'is pruned by the service alone, not by %s',
    async role => {
      const client = new pg.Client({ connectionString: service.database.url });
      await client.connect();
      try {
        await client.query(`begin; set local role ${role}`);
        const pruning = client.query(`select prune_bookkeeping('7 days', '7 days', 10)`);
        await expect(pruning).rejects.toThrow(/permission denied for function/);
      } finally {
        await client.end();
      }
    },
  );

  it('is never pruned of the last hour, whoever asks', async () => {
    const client = new pg.Client({ connectionString: service.database.url });
    await client.connect();
    try {
      await client.query('begin; set local role hub_service');
      await expect(client.query(`select prune_bookkeeping('0 s', '7 days', 10)`)).rejects.toThrow(/for an hour at least/);
    } finally {
      await client.end();
    }
  });
});
