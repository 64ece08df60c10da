import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCampaign } from '../factories.ts';
import { type TestHub, testHub } from '../test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub?.stop());

const create = `mutation ($input: CreateCampaign!) { createCampaign(input: $input) { id version division { code } organiser { id } state } }`;
const update = `mutation ($input: UpdateCampaign!) { updateCampaign(input: $input) { version publishedDownward } }`;
const read = `query ($id: ID!) { campaign(id: $id) { title division { code } rounds { id publishedDownward } } }`;
const seen = async (viewer: any, id: string) => (await hub.campaigns.get(viewer, read, { id })).campaign;
const member = (division: string) =>
  ({ role: 'ORGANISATION', division, organisation: '00000000-0000-4000-8000-000000000001' }) as const;

describe('campaign', () => {
  it('belongs to the division of its organiser and is seen by it and the city only', async () => {
    const organiserId = await hub.committee('220102');
    const { createCampaign } = await hub.campaigns.get(county('220102'), create, { input: aCampaign(organiserId) });
    expect(createCampaign).toMatchObject({ division: { code: '220102' }, organiser: { id: organiserId }, state: 'DRAFT' });
    const { id } = createCampaign;
    expect(await seen(county('220102'), id)).not.toBeNull();
    expect(await seen(city, id)).not.toBeNull();
    for (const other of [county('220104'), county('220103'), member('220102')]) expect(await seen(other, id)).toBeNull();
  });

  it("cannot be entered for a committee of another slice or above one's own", async () => {
    for (const division of ['220104', '220100']) {
      const input = aCampaign(await hub.committee(division));
      expect(await hub.code(county('220102'), create, { input })).toBe('NOT_FOUND');
    }
  });

  it('reaches the counties and organisations below with its rounds while it is published, never partners and auditors', async () => {
    const { id, version } = await hub.campaign('220100');
    await hub.round(city, id);
    const below = [county('220102'), member('220102'), { role: 'REPORTING', division: '220102' } as const];
    for (const viewer of below) expect(await seen(viewer, id)).toBeNull();
    const publish = (expectedVersion: number, publishedDownward: boolean) =>
      hub.campaigns.get(city, update, { input: { id, expectedVersion, publishedDownward } });
    const { updateCampaign } = await publish(version, true);
    for (const viewer of below)
      expect(await seen(viewer, id)).toMatchObject({ division: { code: '220100' }, rounds: [{ publishedDownward: true }] });
    expect(await seen(county('210102'), id)).toBeNull();
    expect(await seen({ ...member('220102'), role: 'PARTNER' }, id)).toBeNull();
    expect(await seen({ role: 'AUDITOR', division: '220100' }, id)).toBeNull();
    await publish(updateCampaign.version, false);
    for (const viewer of below) expect(await seen(viewer, id)).toBeNull();
  });

  it('is read, not changed, by those it is published to', async () => {
    const { id, version } = await hub.openCampaign('220100');
    const round = await hub.round(city, id);
    const stateChange = (mutation: string) => `mutation ($input: CampaignStateChange!) { ${mutation}(input: $input) { id } }`;
    for (const viewer of [county('220102'), member('220102'), { role: 'REPORTING', division: '220100' } as const]) {
      const input = { id, expectedVersion: version };
      expect(await hub.code(viewer, update, { input: { ...input, title: '改名' } })).toBe('FORBIDDEN');
      expect(await hub.code(viewer, stateChange('closeCampaign'), { input })).toBe('FORBIDDEN');
      expect(await hub.code(viewer, stateChange('openRound'), { input: { id: round.id, expectedVersion: 1 } })).toBe('FORBIDDEN');
    }
    const allowed = `query ($id: ID!) { campaign(id: $id) { allowedActions { action allowed reason } } }`;
    expect((await hub.campaigns.get(city, allowed, { id })).campaign.allowedActions).toEqual([
      { action: 'OPEN', allowed: false, reason: 'OPEN needs the state DRAFT; it is OPEN.' },
      { action: 'CLOSE', allowed: true, reason: null },
    ]);
    const [open] = (await hub.campaigns.get(county('220102'), allowed, { id })).campaign.allowedActions;
    expect(open).toEqual({ action: 'OPEN', allowed: false, reason: 'Only a committee at or above the campaign decides this.' });
  });

  it('closes with its rounds, and what is closed never changes', async () => {
    const { id, version } = await hub.openCampaign('220100');
    const round = await hub.round(city, id, { criteria: [{ code: '影响力', weight: 0.6, max: 100 }], quota: 30 });
    const updateRound = `mutation ($input: UpdateRound!) { updateRound(input: $input) { version quota criteria { code weight max } } }`;
    const changed = await hub.campaigns.get(city, updateRound, { input: { id: round.id, expectedVersion: 1, quota: 20 } });
    expect(changed.updateRound).toEqual({ version: 2, quota: 20, criteria: [{ code: '影响力', weight: 0.6, max: 100 }] });
    const close = `mutation ($input: CampaignStateChange!) { closeCampaign(input: $input) { version state rounds { state version } history { reason } } }`;
    const { closeCampaign } = await hub.campaigns.get(city, close, {
      input: { id, expectedVersion: version, reason: '活动结束' },
    });
    expect(closeCampaign).toMatchObject({ state: 'CLOSED', rounds: [{ state: 'CLOSED' }] });
    expect(closeCampaign.history[0].reason).toBe('活动结束');
    const again = { id: round.id, expectedVersion: closeCampaign.rounds[0].version };
    expect(await hub.code(city, updateRound, { input: { ...again, quota: 10 } })).toBe('NOT_ALLOWED');
    expect(await hub.code(city, close, { input: { id, expectedVersion: closeCampaign.version } })).toBe('NOT_ALLOWED');
    expect(await hub.code(city, update, { input: { id, expectedVersion: closeCampaign.version, title: '改名' } })).toBe(
      'NOT_ALLOWED',
    );
  });

  it('refuses wrong dates, criteria and versions', async () => {
    const organiserId = await hub.committee('220102');
    const input = aCampaign(organiserId, { endsOn: '2022-12-31' });
    expect(await hub.code(county('220102'), create, { input })).toBe('INVALID_INPUT');
    const { id } = await hub.campaign('220102');
    const round = `mutation ($input: CreateRound!) { createRound(input: $input) { id } }`;
    const twice = { code: 'a', weight: 1, max: 10 };
    const wrong = [{ closesAt: '2023-01-01T00:00:00Z' }, { criteria: [twice, twice] }, { criteria: [{ ...twice, max: 0 }] }];
    for (const each of wrong) {
      const of = { campaignId: id, kind: 'FINAL', opensAt: '2023-02-01T00:00:00Z', ...each };
      expect(await hub.code(county('220102'), round, { input: of })).toBe('INVALID_INPUT');
    }
    expect(await hub.code(county('220102'), update, { input: { id, expectedVersion: 9, title: '改名' } })).toBe(
      'VERSION_MISMATCH',
    );
  });

  it('lists in pinyin order, searches titles, and leaves other slices out', async () => {
    const division = '220105';
    await hub.campaign('220106', { title: '安全周宣传' });
    for (const title of ['长春好网民评选', '安全周宣传', '北方创作营']) await hub.campaign(division, { title });
    const query = `query ($where: CampaignFilter) { division: campaigns(orderBy: TITLE_ASC, where: $where) { totalCount nodes { title } } }`;
    const titles = async (where: object) =>
      (await hub.campaigns.get(county(division), query, { where })).division.nodes.map((node: any) => node.title);
    expect(await titles({ division })).toEqual(['安全周宣传', '北方创作营', '长春好网民评选']);
    expect(await titles({ division, search: '网民' })).toEqual(['长春好网民评选']);
    expect(await titles({ division, search: 'bei fang' })).toEqual(['北方创作营']);
    expect(await titles({ division: '220106' })).toEqual([]);
  });

  it('is reached by reference inside the slice only; stubs answer with empty lists', async () => {
    const { id } = await hub.campaign('220102');
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Campaign { id } ... on Organisation { id nominations { totalCount } mediaAccounts { totalCount } } ... on Division { campaigns { totalCount } } ... on Committee { campaigns { totalCount } } } }`;
    const unknown = '00000000-0000-4000-8000-000000000009';
    const of = [
      { __typename: 'Campaign', id },
      { __typename: 'Organisation', id: unknown },
      { __typename: 'Organisation', id: 'no uuid' },
      { __typename: 'Division', code: '220102' },
      { __typename: 'Division', code: '22' },
      { __typename: 'Committee', id: await hub.committee('220102') },
    ];
    const answer = async (viewer: any) => (await hub.campaigns.get(viewer, query, { of }))._entities;
    const nothing = { totalCount: 0 };
    const stranger = [null, { id: unknown, nominations: nothing, mediaAccounts: nothing }, null, { campaigns: nothing }, null];
    expect(await answer(county('220104'))).toEqual([...stranger, { campaigns: nothing }]);
    const [own, , , division] = await answer(county('220102'));
    expect(own).toEqual({ id });
    expect(division.campaigns.totalCount).toBeGreaterThan(0);
  });
});
