import { eventually } from '@hub/test/eventually';
import { justNow } from '@hub/test/just-now';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestHub, testHub } from '../test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub?.stop());

const confer = `mutation ($input: ConferAward!) { conferAward(input: $input) {
  id version title division { code } recipient { __typename ... on Person { id } ... on Organisation { id } } nomination { state } } }`;
const give = async (input: object, viewer: any = city) =>
  (await hub.campaigns.get(viewer, confer, { input: { title: '长春好网民', conferredOn: '2023-05-01', ...input } })).conferAward;
const read = `query ($id: ID!) { award(id: $id) { title revokedOn } }`;
const seen = async (viewer: any, id: string) => (await hub.campaigns.get(viewer, read, { id })).award;

describe('award', () => {
  it('crowns a nomination, lies in the slice of its recipient, and counts in the figures until revoked', async () => {
    const { id: campaignId } = await hub.openCampaign('220100');
    const { id: organisationId } = await hub.organisation('220104');
    await give({ campaignId, organisationId: (await hub.organisation('220106')).id });
    const run = async (viewer: any, mutation: string) =>
      Object.values(await hub.campaigns.get(viewer, `mutation { ${mutation} }`))[0] as any;
    const nomination = await run(
      county('220104'),
      `createNomination(input: { campaignId: "${campaignId}", organisationId: "${organisationId}", category: "长春好网民" }) { id version }`,
    );
    const step = (viewer: any, expectedVersion: number, action: string) =>
      run(
        viewer,
        `decideNomination(input: { id: "${nomination.id}", expectedVersion: ${expectedVersion}, action: ${action} }) { version }`,
      );
    const { version } = await step(county('220104'), nomination.version, 'SUBMIT');
    const input = { title: '长春好网民', conferredOn: '2023-05-01', nominationId: nomination.id };
    expect(await hub.code(city, confer, { input })).toBe('NOT_ALLOWED');
    await step(city, version, 'ACCEPT');
    expect(await hub.code(county('220104'), confer, { input })).toBe('FORBIDDEN');
    const award = await give({ nominationId: nomination.id, certificateNo: '2023-001' });
    expect(award).toMatchObject({
      division: { code: '220104' },
      recipient: { __typename: 'Organisation', id: organisationId },
      nomination: { state: 'AWARDED' },
    });
    expect(await hub.code(city, confer, { input })).toBe('NOT_ALLOWED');
    for (const viewer of [county('220104'), { role: 'ORGANISATION', division: '220104', organisation: organisationId }])
      expect(await seen(viewer, award.id)).not.toBeNull();
    for (const viewer of [county('220102'), { role: 'PARTNER', division: '220104', organisation: organisationId }])
      expect(await seen(viewer, award.id)).toBeNull();

    const figures = `query ($of: [_Any!]!, $asOf: DateTimeISO) { _entities(representations: $of) { ... on Division { awards { totalCount } campaignFigures(asOf: $asOf) { campaigns nominations awards awardedPeople awardedOrganisations } } } }`;
    const of = [{ __typename: 'Division', code: '220104' }];
    const division = async (viewer: any, asOf?: string) => (await hub.campaigns.get(viewer, figures, { of, asOf }))._entities[0];
    const whole = { campaigns: 0, nominations: 1, awards: 1, awardedPeople: 0, awardedOrganisations: 1 };
    expect(await division(city)).toEqual({ awards: { totalCount: 1 }, campaignFigures: whole });
    expect(await division(county('220102'))).toEqual({ awards: { totalCount: 0 }, campaignFigures: null });

    const before = justNow().toISOString();
    const revoke = `mutation ($input: RevokeAward!) { revokeAward(input: $input) { revokedOn revokeReason version } }`;
    const ending = { id: award.id, expectedVersion: award.version, revokedOn: '2023-06-01', reason: '材料不实' };
    expect(await hub.code(county('220104'), revoke, { input: ending })).toBe('FORBIDDEN');
    const { revokeAward } = await hub.campaigns.get(city, revoke, { input: ending });
    expect(revokeAward).toMatchObject({ revokedOn: '2023-06-01', revokeReason: '材料不实' });
    expect(await hub.code(city, revoke, { input: { ...ending, expectedVersion: revokeAward.version } })).toBe('NOT_ALLOWED');
    expect((await division(city)).campaignFigures).toEqual({ ...whole, awards: 0, awardedOrganisations: 0 });
    await eventually(async () => expect((await division(city, before)).campaignFigures).toEqual(whole));
  });

  it('is conferred without a nomination too; a certificate number stands once in a campaign', async () => {
    const { id: campaignId } = await hub.openCampaign('220100');
    const personId = await hub.person('220102');
    const award = await give({ campaignId, personId, certificateNo: 'A1' });
    expect(award).toMatchObject({
      division: { code: '220102' },
      recipient: { __typename: 'Person', id: personId },
      nomination: null,
    });
    const input = { title: '正能量好网民', conferredOn: '2023-05-01', campaignId, personId };
    expect(await hub.code(city, confer, { input: { ...input, certificateNo: 'A1' } })).toBe('CONFLICT');
    expect(await hub.code(city, confer, { input: { ...input, campaignId: undefined } })).toBe('INVALID_INPUT');
    expect(await hub.code(county('220102'), confer, { input })).toBe('FORBIDDEN');
    expect(await hub.code(city, confer, { input: { ...input, campaignId: (await hub.campaign('220100')).id } })).toBe(
      'NOT_ALLOWED',
    );
  });

  it('lists by title and date, valid or revoked, other slices left out', async () => {
    const { id: campaignId } = await hub.openCampaign('220100');
    await give({ campaignId, personId: await hub.person('220113') });
    const personId = await hub.person('220112');
    for (const [title, conferredOn] of [
      ['正能量好网民', '2022-01-01'],
      ['长春好网民', '2023-01-01'],
    ])
      await give({ campaignId, personId, title, conferredOn });
    const query = `query ($where: AwardFilter) { awards(where: $where) { nodes { title } } }`;
    const titles = async (where: object) =>
      (await hub.campaigns.get(county('220112'), query, { where })).awards.nodes.map((node: any) => node.title);
    expect(await titles({})).toEqual(['长春好网民', '正能量好网民']);
    expect(await titles({ conferredFrom: '2022-06-01', revoked: false })).toEqual(['长春好网民']);
    expect(await titles({ search: 'zheng neng' })).toEqual(['正能量好网民']);
    expect(await titles({ revoked: true })).toEqual([]);
  });
});
