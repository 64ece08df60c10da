import { eventually } from '@hub/test/eventually';
import { justNow } from '@hub/test/just-now';
import { testDatabase } from '@hub/test/test-database';
import { type TestService, testService } from '@hub/test/test-service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

const county = { role: 'COMMITTEE', division: '220102' } as const;
const figures = `query ($asOf: DateTimeISO) { division(code: "220102") { organisationFigures(asOf: $asOf) { organisations asOf } } }`;

let service: TestService;
let owner: pg.Client;
beforeAll(async () => {
  service = await testService(organisations);
  owner = new pg.Client({ connectionString: service.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await service?.stop();
});

const enter = () =>
  service.get(county, 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }', {
    input: anOrganisation(),
  });
const at = async (asOf?: Date): Promise<{ organisations: number; asOf: string | null }> =>
  (await service.get(county, figures, { asOf: asOf?.toISOString() })).division.organisationFigures;

/** What is said of a moment once it is whole. */
const whole = (moment: Date) =>
  eventually(async () => {
    const told = await at(moment);
    expect(told.asOf).toBe(moment.toISOString());
    return told.organisations;
  });

/** Copies the one organisation there is so many times, as a long import would, and leaves the transaction open. */
const copy = (times: number) =>
  owner.query(
    `insert into organisation select o.* from organisation m cross join generate_series(1, $1) n cross join lateral
       jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'credit_code', 'copy-' || n || '-' || clock_timestamp())) o
     where m.credit_code not like 'copy%'`,
    [times],
  );

describe('a moment is whole', () => {
  it('and answers the same during a change as ever after', async () => {
    await enter();
    expect(await whole(justNow())).toBe(1);
    await owner.query('begin');
    await copy(100);
    const during = new Date();
    const before = await at(during);
    expect(before.organisations).toBe(1);
    // Half of it is told nowhere: the last whole moment is the one before the change began.
    expect(Date.parse(before.asOf!)).toBeLessThan(during.getTime());
    await copy(100);
    const later = new Date();
    await owner.query('commit');
    const after = justNow();
    for (const moment of [during, later]) expect(await whole(moment)).toBe(1);
    expect(await whole(after)).toBe(201);
    expect(await at()).toEqual({ organisations: 201, asOf: null });
  });

  it('a second later, when nothing is under way, and what is asked before that is answered for what is whole', async () => {
    const before = await whole(new Date());
    const then = new Date();
    await enter();
    const now = justNow();
    const early = await at(now);
    expect(Date.parse(early.asOf!)).toBeLessThan(now.getTime());
    expect([before, before + 1]).toContain(early.organisations);
    expect(await whole(now)).toBe(before + 1);
    expect(await whole(then)).toBe(before);
  });

  it('not in the future, which nobody knows', async () => {
    const { asOf } = await at(new Date(Date.now() + 3_600_000));
    expect(Date.parse(asOf!)).toBeLessThan(Date.now());
  });

  it('though other databases of the server are being written to', async () => {
    const elsewhere = await testDatabase('people');
    const other = new pg.Client({ connectionString: elsewhere.ownerUrl });
    await other.connect();
    try {
      await other.query('begin; select pg_current_xact_id()');
      const { organisations: known } = await at();
      expect(await whole(new Date())).toBe(known);
    } finally {
      await other.end();
      await elsewhere.drop();
    }
  });

  it('with revisions of before moments were kept, by the time of each', async () => {
    const { organisations: known } = await at();
    await owner.query(
      `update revision set at = '2001-01-01' where seq = (select min(seq) from revision where entity = 'organisation')`,
    );
    await owner.query('delete from moment');
    expect((await at(new Date('2002-01-01T00:00:00Z'))).organisations).toBe(1);
    expect(await whole(new Date())).toBe(known);
  });
});
