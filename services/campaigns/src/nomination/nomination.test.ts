import { caughtUp } from '@hub/test/caught-up';
import { eventually } from '@hub/test/eventually';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { campaigns } from '../subgraph.ts';
import { type Row, type TestHub, testHub } from '../test-hub.ts';

let hub: TestHub;
let campaign: Row;
beforeAll(async () => {
  hub = await testHub();
  campaign = await hub.openCampaign('220100');
});
afterAll(() => hub?.stop());

const create = `mutation ($input: CreateNomination!) { createNomination(input: $input) {
  id version state division { code } nominee { __typename ... on Person { id } ... on Organisation { id } } nominatedBy { id } } }`;
const decide = `mutation ($input: DecideNomination!) { decideNomination(input: $input) { id version state round { id } } }`;
const read = `query ($id: ID!) { nomination(id: $id) { state campaign { title } allowedActions { action allowed reason } } }`;

const seen = async (viewer: any, id: string) => (await hub.campaigns.get(viewer, read, { id })).nomination;
const nominate = async (viewer: any, input: object) =>
  (await hub.campaigns.get(viewer, create, { input: { campaignId: campaign.id, category: '长春好网民', ...input } }))
    .createNomination;
const step = async (viewer: any, { id, version }: Row, action: string) =>
  (await hub.campaigns.get(viewer, decide, { input: { id, expectedVersion: version, action } })).decideNomination;
const refused = (viewer: any, { id, version }: Row, action: string) =>
  hub.code(viewer, decide, { input: { id, expectedVersion: version, action } });
const allowed = async (viewer: any, id: string) =>
  (await seen(viewer, id)).allowedActions.filter((each: any) => each.allowed).map((each: any) => each.action);

/** A nominee of a county, submitted by it and accepted by the city. */
async function eligible(division: string, campaignId: string) {
  const nomination = await nominate(county(division), { campaignId, personId: await hub.person(division) });
  return step(city, await step(county(division), nomination, 'SUBMIT'), 'ACCEPT');
}

describe('nomination', () => {
  it("lies in its nominee's slice: its county and the city see it, in the city's published campaign", async () => {
    const organisation = await hub.organisation('220102');
    const nomination = await nominate(county('220102'), { organisationId: organisation.id });
    expect(nomination).toMatchObject({
      state: 'DRAFT',
      division: { code: '220102' },
      nominee: { __typename: 'Organisation', id: organisation.id },
    });
    for (const viewer of [county('220102'), city]) expect(await seen(viewer, nomination.id)).toMatchObject({ state: 'DRAFT' });
    const own = { role: 'ORGANISATION', division: '220102', organisation: organisation.id } as const;
    expect(await seen(own, nomination.id)).not.toBeNull();
    const stranger = { ...own, organisation: (await hub.organisation('220102')).id };
    for (const viewer of [county('220104'), stranger, { ...own, role: 'PARTNER' }, { role: 'AUDITOR', division: '220100' }])
      expect(await seen(viewer, nomination.id)).toBeNull();
  });

  it('takes a person known here, and the branch that nominates', async () => {
    const { id } = await hub.organisation('220102');
    const branch = `mutation ($ids: [ID!]!) { createBranch(input: { name: "测试支部", organisationIds: $ids }) { id } }`;
    const { createBranch } = await hub.organisations.get(county('220102'), branch, { ids: [id] });
    const personId = await hub.person('220102');
    const nomination = await nominate(county('220102'), {
      personId,
      nominatedById: createBranch.id,
      evidence: ['https://a.example'],
    });
    expect(nomination).toMatchObject({ nominee: { __typename: 'Person', id: personId }, nominatedBy: createBranch });
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Branch { nominations { nodes { id } } } ... on Person { nominations { nodes { id } } } } }`;
    const of = [
      { __typename: 'Branch', id: createBranch.id },
      { __typename: 'Person', id: personId },
    ];
    const lists = async (viewer: any) =>
      (await hub.campaigns.get(viewer, query, { of }))._entities.map((each: any) => each.nominations.nodes);
    expect(await lists(county('220102'))).toEqual([[{ id: nomination.id }], [{ id: nomination.id }]]);
    expect(await lists(county('220104'))).toEqual([[], []]);
  });

  it('refuses a hidden nominee, two nominees, one beyond the campaign, and the same one twice in a category', async () => {
    const [own, other] = [await hub.organisation('220102'), await hub.organisation('220104')];
    const input = { campaignId: campaign.id, category: '长春好网民' };
    const code = (viewer: any, more: object) => hub.code(viewer, create, { input: { ...input, ...more } });
    expect(await code(county('220102'), { organisationId: other.id })).toBe('NOT_FOUND');
    expect(await code(county('220102'), { organisationId: own.id, personId: other.id })).toBe('INVALID_INPUT');
    expect(await code(county('220102'), {})).toBe('INVALID_INPUT');
    const ofCounty = await hub.openCampaign('220104');
    expect(await code(city, { campaignId: ofCounty.id, organisationId: own.id })).toBe('NOT_ALLOWED');
    await nominate(county('220102'), { organisationId: own.id });
    expect(await code(city, { organisationId: own.id })).toBe('CONFLICT');
    expect(await code(city, { organisationId: own.id, category: '正能量好网民' })).toBe('OK');
    const draft = await hub.campaign('220102');
    expect(await code(county('220102'), { campaignId: draft.id, organisationId: own.id })).toBe('NOT_ALLOWED');
  });

  it('is changed while a draft only, by one of two editors', async () => {
    const nomination = await nominate(county('220102'), { organisationId: (await hub.organisation('220102')).id });
    const update = `mutation ($input: UpdateNomination!) { updateNomination(input: $input) { id version } }`;
    const input = { id: nomination.id, expectedVersion: nomination.version, statement: '事迹' };
    const both = await Promise.all([1, 2].map(() => hub.code(county('220102'), update, { input })));
    expect(both.sort()).toEqual(['OK', 'VERSION_MISMATCH']);
    const submitted = await step(county('220102'), { ...nomination, version: nomination.version + 1 }, 'SUBMIT');
    expect(await hub.code(county('220102'), update, { input: { ...input, expectedVersion: submitted.version } })).toBe(
      'NOT_ALLOWED',
    );
  });

  it('is entered, submitted and withdrawn by the organisation itself, until the organiser accepts it', async () => {
    const organisation = await hub.organisation('220103');
    const own = { role: 'ORGANISATION', division: '220103', organisation: organisation.id } as const;
    const stranger = { campaignId: campaign.id, category: '长春好网民', organisationId: (await hub.organisation('220103')).id };
    expect(await hub.code(own, create, { input: stranger })).toBe('FORBIDDEN');
    const draft = await nominate(own, { organisationId: organisation.id });
    expect(await allowed(own, draft.id)).toEqual(['SUBMIT', 'WITHDRAW']);
    const submitted = await step(own, draft, 'SUBMIT');
    expect(submitted.state).toBe('SUBMITTED');
    expect(await refused(own, submitted, 'ACCEPT')).toBe('FORBIDDEN');
    const accepted = await step(city, submitted, 'ACCEPT');
    expect(await refused(own, accepted, 'WITHDRAW')).toBe('FORBIDDEN');
    expect(await allowed(own, draft.id)).toEqual([]);
    const other = await nominate(own, { organisationId: organisation.id, category: '正能量好网民' });
    expect((await step(own, await step(own, other, 'SUBMIT'), 'WITHDRAW')).state).toBe('WITHDRAWN');
  });

  it('goes through the rounds: the county submits, the city decides, each says beforehand what is allowed', async () => {
    const { id } = await hub.openCampaign('220100');
    const first = await hub.round(city, id, { kind: 'PRELIMINARY' });
    const last = await hub.round(city, id, { kind: 'FINAL', opensAt: '2023-03-01T00:00:00Z' });
    const nomination = await nominate(county('220104'), { campaignId: id, personId: await hub.person('220104') });
    expect(await refused(county('220104'), nomination, 'SUBMIT')).toBe('NOT_ALLOWED');
    await hub.campaigns.get(city, `mutation { openRound(input: { id: "${first.id}", expectedVersion: 1 }) { id } }`);
    const submitted = await step(county('220104'), nomination, 'SUBMIT');
    expect(submitted).toMatchObject({ state: 'SUBMITTED', round: { id: first.id } });
    expect(await allowed(county('220104'), nomination.id)).toEqual(['WITHDRAW']);
    expect(await allowed(city, nomination.id)).toEqual(['ACCEPT', 'REJECT', 'WITHDRAW']);
    expect(await refused(county('220104'), submitted, 'ACCEPT')).toBe('FORBIDDEN');
    expect(await refused(city, submitted, 'ADVANCE')).toBe('NOT_ALLOWED');
    const accepted = await step(city, submitted, 'ACCEPT');
    expect(await allowed(city, nomination.id)).toEqual(['ADVANCE', 'ELIMINATE', 'WITHDRAW']);
    const advanced = await step(city, accepted, 'ADVANCE');
    expect(advanced).toMatchObject({ state: 'ADVANCED', round: { id: last.id } });
    expect(await allowed(city, nomination.id)).toEqual(['ELIMINATE', 'AWARD', 'WITHDRAW']);
    expect(await refused(city, advanced, 'AWARD')).toBe('NOT_ALLOWED');
    expect((await step(city, advanced, 'ELIMINATE')).state).toBe('ELIMINATED');
  });

  it('gives the last place of a round to one of two', async () => {
    const { id } = await hub.openCampaign('220100');
    const first = await hub.round(city, id, { quota: 1 });
    await hub.round(city, id, { opensAt: '2023-03-01T00:00:00Z' });
    await hub.campaigns.get(city, `mutation { openRound(input: { id: "${first.id}", expectedVersion: 1 }) { id } }`);
    const both = [await eligible('220102', id), await eligible('220104', id)];
    const codes = await Promise.all(both.map(each => refused(city, each, 'ADVANCE')));
    expect(codes.sort()).toEqual(['NOT_ALLOWED', 'OK']);
  });

  it('moves with its organisation by the feed, and with its person; the old county sees it no more', async () => {
    const organisation = await hub.organisation('220112');
    const nomination = await nominate(county('220112'), { organisationId: organisation.id });
    const personId = await hub.person('220112');
    const ofPerson = await nominate(county('220112'), { personId });
    const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`;
    const input = {
      id: organisation.id,
      expectedVersion: organisation.version,
      divisionCode: '220113',
      movedOn: '2023-03-01',
      reason: '迁址',
    };
    await hub.organisations.get(city, move, { input });
    const [feed] = campaigns.follows!;
    await caughtUp(hub.campaigns, feed!, hub.organisations);
    expect(await seen(county('220112'), nomination.id)).toBeNull();
    expect(await seen(county('220113'), nomination.id)).not.toBeNull();
    const service = hub.campaigns.orm.em.fork({ session: { variables: { 'hub.actor': 'service', role: 'hub_service' } } });
    await service.transactional(em => em.execute(`update person set division_code = '220113' where id = ?`, [personId]));
    expect(await seen(county('220112'), ofPerson.id)).toBeNull();
    const history = `query ($id: ID!) { nomination(id: $id) { division { code } history { kind reason } } }`;
    const [entered] = (await hub.campaigns.get(county('220113'), history, { id: nomination.id })).nomination.history;
    expect(entered).toEqual({ kind: 'ENTERED_SCOPE', reason: '2023-03-01 迁址' });
    const changes = `{ campaignChanges(first: 1000) { nodes { kind entityId } } }`;
    // A feed waits for every transaction of the server that began before: those of other tests, too.
    await eventually(async () => {
      const { nodes } = (await hub.campaigns.get(county('220112'), changes)).campaignChanges;
      expect(nodes.at(-1)).toEqual({ kind: 'LEFT_SCOPE', entityId: ofPerson.id });
    });
  });

  it('costs the same number of statements for 2 as for 30, with all that hangs on it', async () => {
    const { id } = await hub.openCampaign('220100');
    const first = await hub.round(city, id);
    await hub.campaigns.get(city, `mutation { openRound(input: { id: "${first.id}", expectedVersion: 1 }) { id } }`);
    const query = `query ($n: Int!, $id: ID!) { nominations(first: $n, where: { campaign: $id }) { totalCount nodes {
      nominee { ... on Person { nominations { totalCount } awards { nodes { id } } } ... on Organisation { mediaAccounts { totalCount } contentItems { totalCount nodes { reads } } } }
      nominatedBy { id awards { totalCount } } campaign { title rounds { allowedActions { action } } } round { kind nominations(first: 2) { nodes { id } } } allowedActions { action allowed } history { kind } } } }`;
    const add = async (n: number) => {
      for (let i = 0; i < n; i++)
        await step(
          county('220102'),
          await nominate(county('220102'), { campaignId: id, personId: await hub.person('220102') }),
          'SUBMIT',
        );
    };
    await nominate(city, { campaignId: id, organisationId: (await hub.organisation('220102')).id });
    await add(2);
    const few = await hub.campaigns.ask(city, query, { n: 50, id });
    await add(28);
    const many = await hub.campaigns.ask(city, query, { n: 50, id });
    expect(few.errors ?? many.errors).toBeUndefined();
    expect([few.data.nominations.totalCount, many.data.nominations.totalCount]).toEqual([3, 31]);
    expect(few.statements).toBeGreaterThan(3);
    expect(many.statements).toBe(few.statements);
  });
});
