import { follow } from '@hub/kit/follow';
import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { enterPerson } from '@hub/people/factories';
import { people } from '@hub/people/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { caughtUp } from './caught-up.ts';
import { eventually } from './eventually.ts';
import { type TestService, testService } from './test-service.ts';
import { city, county, testToken } from './test-tokens.ts';

const [feed] = people.follows!;
const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }`;
const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`;

let owner: TestService;
let follower: TestService;
let behind: pg.Client;
beforeAll(async () => {
  owner = await testService(organisations);
  follower = await testService(people, { organisations: owner.url });
  behind = new pg.Client({ connectionString: follower.database.ownerUrl });
  await behind.connect();
});
afterAll(async () => {
  await behind.end();
  await follower.stop();
  await owner.stop();
});

const enter = async (): Promise<{ id: string; version: number }> =>
  (await owner.get(county('220102'), create, { input: anOrganisation() })).createOrganisation;
const moveTo = ({ id, version }: { id: string; version: number }, divisionCode: string) =>
  owner.get(city, move, { input: { id, expectedVersion: version, divisionCode, movedOn: '2026-01-05', reason: '注册地变更' } });
const copyOf = async (id: string) =>
  (await behind.query('select division_code from organisation where id = $1', [id])).rows[0]?.division_code;
const placeOf = async (personId: string) =>
  (await behind.query('select division_code from person where id = $1', [personId])).rows[0]?.division_code;

describe('the copy of an organisation in another subgraph', () => {
  it('comes right when it is first mentioned by a transaction that outlasts the move, and its people with it', async () => {
    const organisation = await enter();
    // What an import does: it asks where the organisation is, works for a while, and commits.
    await behind.query('begin');
    await behind.query(`insert into organisation (id, division_code) values ($1, '220102')`, [organisation.id]);
    const [{ id: person }] = (
      await behind.query(
        `insert into person (id, name, sort_key, organisation_id, division_code) values (gen_random_uuid(), '王小明', 'wang', $1, '220102') returning id`,
        [organisation.id],
      )
    ).rows;
    await moveTo(organisation, '220103');
    await caughtUp(follower, feed!, owner);
    await behind.query('commit');
    await caughtUp(follower, feed!, owner);
    expect([await copyOf(organisation.id), await placeOf(person)]).toEqual(['220103', '220103']);
  });

  it('is mended by a follower that starts over a database from another day', async () => {
    const organisation = await enter();
    const person = await enterPerson(follower, '220102', { organisationId: organisation.id });
    await caughtUp(follower, feed!, owner);
    await behind.query(`update organisation set division_code = '220105' where id = $1`, [organisation.id]);
    const token = await testToken({ role: 'SERVICE', division: '000000' });
    const following = follow(follower.orm, feed!, owner.url, async () => `Bearer ${token}`);
    try {
      await eventually(async () => expect([await copyOf(organisation.id), await placeOf(person)]).toEqual(['220102', '220102']));
      await eventually(() => expect(following.lag()).toBeLessThan(60));
    } finally {
      following.stop();
    }
  });

  it('stays where it is when its owner does not know it', async () => {
    await behind.query(`insert into organisation (id, division_code) values ('00000000-0000-4000-8000-000000000001', '220102')`);
    await caughtUp(follower, feed!, owner);
    expect(await copyOf('00000000-0000-4000-8000-000000000001')).toBe('220102');
  });

  it('is compared by services only through what their own slice shows', async () => {
    const organisation = await enter();
    const where = `query ($ids: [ID!]!) { organisationWhereabouts(entity: "organisation", ids: $ids) }`;
    const ids = [organisation.id];
    expect(await owner.get(county('220103'), where, { ids })).toEqual({ organisationWhereabouts: [null] });
    expect(await owner.get(county('220102'), where, { ids })).toEqual({ organisationWhereabouts: ['220102'] });
    const { errors } = await owner.ask({ ...county('220102'), scopes: ['organisations:read'] }, where, { ids });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
