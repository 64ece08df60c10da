import { session } from '@hub/kit/slice';
import { eventually } from '@hub/test/eventually';
import { justNow } from '@hub/test/just-now';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aContentItem } from '../factories.ts';
import { type TestHub, testHub } from '../test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub?.stop());

const observe = `mutation ($input: CreateMetricObservation!) { createMetricObservation(input: $input) { id value item { reads reposts } } }`;
const count = (itemId: string, value: number, observedAt: string, more: object = {}) => ({
  itemId,
  metric: 'READS',
  value,
  observedAt: `${observedAt}T00:00:00.000Z`,
  ...more,
});
const enter = async (viewer: any, ...inputs: object[]) => {
  for (const input of inputs) await hub.campaigns.get(viewer, observe, { input });
};

describe('content item', () => {
  it('belongs to its publisher: seen by it, its county and the city; changed by committees only', async () => {
    const { id: organisationId } = await hub.organisation('220102');
    const create = `mutation ($input: CreateContentItem!) { createContentItem(input: $input) { id version organisation { id } } }`;
    const input = aContentItem(organisationId, { url: 'https://news.example/1' });
    const { createContentItem: item } = await hub.campaigns.get(county('220102'), create, { input });
    expect(item.organisation).toEqual({ id: organisationId });
    await enter(county('220102'), count(item.id, 5, '2020-03-01'));
    const own = { role: 'ORGANISATION', division: '220102', organisation: organisationId } as const;
    const query = `query ($id: ID!) { contentItem(id: $id) { reads observations { totalCount } } }`;
    const seen = async (viewer: any) => (await hub.campaigns.get(viewer, query, { id: item.id })).contentItem;
    for (const viewer of [own, county('220102'), city, { role: 'REPORTING', division: '220102' }])
      expect(await seen(viewer)).toEqual({ reads: 5, observations: { totalCount: 1 } });
    for (const viewer of [county('220104'), { ...own, role: 'PARTNER' }]) expect(await seen(viewer)).toBeNull();
    const update = `mutation ($input: UpdateContentItem!) { updateContentItem(input: $input) { theme } }`;
    const change = { input: { id: item.id, expectedVersion: item.version, theme: '抗疫' } };
    for (const viewer of [own, { role: 'REPORTING', division: '220102' }])
      expect(await hub.code(viewer, update, change)).toBe('FORBIDDEN');
    expect(await hub.code(county('220104'), update, change)).toBe('NOT_FOUND');
    expect(await hub.code(county('220102'), update, change)).toBe('OK');
    expect(await hub.code(county('220102'), update, change)).toBe('VERSION_MISMATCH');
  });

  it('shows the latest counts and the reach of a period', async () => {
    const { id } = await hub.contentItem('220102');
    const counts = [count(id, 100, '2020-03-01'), count(id, 900, '2020-03-31'), count(id, 8_000_000_000, '2020-06-30')];
    await enter(county('220102'), ...counts, count(id, 7, '2020-03-01', { metric: 'REPOSTS' }));
    const query = `query ($id: ID!) { contentItem(id: $id) { reads reposts likes comments
      march: reach(metric: READS, from: "2020-03-01T00:00:00Z", to: "2020-03-31T23:00:00Z") whole: reach(metric: READS, from: "2020-01-01T00:00:00Z", to: "2020-12-31T00:00:00Z") } }`;
    expect((await hub.campaigns.get(county('220102'), query, { id })).contentItem).toEqual({
      reads: 8_000_000_000,
      reposts: 7,
      likes: null,
      comments: null,
      march: 800,
      whole: 8_000_000_000,
    });
  });

  it('never overwrites a count; one that contradicts its neighbours needs a reason', async () => {
    const { id } = await hub.contentItem('220102');
    await enter(county('220102'), count(id, 100, '2020-03-01'), count(id, 300, '2020-03-03'));
    const code = (input: object) => hub.code(county('220102'), observe, { input });
    expect(await code(count(id, 300, '2020-03-03'))).toBe('CONFLICT');
    expect(await code(count(id, 250, '2020-03-04'))).toBe('NOT_ALLOWED');
    expect(await code(count(id, 301, '2020-03-02'))).toBe('NOT_ALLOWED');
    expect(await code(count(id, 1.5, '2020-03-05'))).toBe('INVALID_INPUT');
    expect(await code(count(id, 200, '2020-03-02'))).toBe('OK');
    const correction = count(id, 250, '2020-03-04', { correctionReason: '平台更正' });
    const { createMetricObservation } = await hub.campaigns.get(county('220102'), observe, { input: correction });
    expect(createMetricObservation.item.reads).toBe(250);
    const viewer = { actor: 'committee', role: 'COMMITTEE', division: '220100', scopes: new Set<string>() } as const;
    const committee = hub.campaigns.orm.em.fork({ session: session(viewer, { requestId: 'test' }) });
    await expect(committee.transactional(em => em.execute('update metric_observation set value = 1'))).rejects.toThrow(
      'permission denied',
    );
  });

  it('figures sum the latest counts of a theme, whatever characters it has, and are what the lists hold', async () => {
    const [division, odd] = ['220105', `它's "?" \\ $1 ?? --`];
    await hub.contentItem('220106', { theme: '抗疫' });
    const publish = async (kind: string, theme: string, reads: number) => {
      const { id } = await hub.contentItem(division, { kind, theme });
      await enter(
        county(division),
        count(id, 1, '2020-02-01'),
        count(id, reads, '2020-03-01'),
        count(id, 10, '2020-03-01', { metric: 'REPOSTS' }),
      );
    };
    await publish('SHORT_VIDEO', '抗疫', 1000);
    await publish('POSTER', '抗疫', 2000);
    const before = justNow().toISOString();
    await publish('RELAY', odd, 4000);
    const query = `query ($of: [_Any!]!, $theme: String, $odd: String, $asOf: DateTimeISO) { _entities(representations: $of) { ... on Division {
      all: campaignFigures { ...f } ofTheme: campaignFigures(theme: $theme) { ...f } ofOdd: campaignFigures(theme: $odd) { ...f } then: campaignFigures(asOf: $asOf) { ...f } contentItems(where: { theme: $theme }) { totalCount } } } }
      fragment f on CampaignFigures { contentItems shortVideos posters relays articles reads reposts }`;
    const of = ['220105', '220104'].map(code => ({ __typename: 'Division', code }));
    const asked = async () => (await hub.campaigns.get(city, query, { of, theme: '抗疫', odd, asOf: before }))._entities;
    const none = { contentItems: 0, shortVideos: 0, posters: 0, relays: 0, articles: 0, reads: 0, reposts: 0 };
    const epidemic = { ...none, contentItems: 2, shortVideos: 1, posters: 1, reads: 3000, reposts: 20 };
    await eventually(async () => expect((await asked())[0].then).toEqual(epidemic));
    const [here, empty] = await asked();
    expect(here.all).toEqual({ ...epidemic, contentItems: 3, relays: 1, reads: 7000, reposts: 30 });
    expect(here.ofTheme).toEqual(epidemic);
    expect(here.ofOdd).toEqual({ ...none, contentItems: 1, relays: 1, reads: 4000, reposts: 10 });
    expect(here.contentItems.totalCount).toBe(2);
    expect(empty.all).toEqual(none);
  });

  it('lists by theme, kind, account and date, latest first; searches titles; costs the same for 2 as for 30', async () => {
    const division = '220112';
    await hub.contentItem('220113', { title: '别区内容' });
    const create = `mutation ($input: CreateMediaAccount!) { createMediaAccount(input: $input) { id owner { ... on Organisation { id } } } }`;
    const { id: organisationId } = await hub.organisation(division);
    const account = { platform: '抖音', handle: '测试账号', organisationId, followers: 10 };
    const { createMediaAccount } = await hub.campaigns.get(county(division), create, { input: account });
    expect(createMediaAccount.owner).toEqual({ id: organisationId });
    expect(
      await hub.code(county('220113'), create, { input: { ...account, organisationId: (await hub.organisation('220113')).id } }),
    ).toBe('CONFLICT');
    await hub.contentItem(division, {
      title: '手机课堂',
      kind: 'SHORT_VIDEO',
      publishedOn: '2021-05-01',
      accountId: createMediaAccount.id,
    });
    await hub.contentItem(division, { title: '抗疫海报', kind: 'POSTER', theme: '抗疫', publishedOn: '2020-03-01' });
    const query = `query ($where: ContentItemFilter) { contentItems(where: $where) { totalCount nodes { title reads organisation { contentItems { totalCount } } account { handle contentItems { totalCount } } observations { nodes { value } } } } }`;
    const titles = async (where: object) =>
      (await hub.campaigns.get(county(division), query, { where })).contentItems.nodes.map((node: any) => node.title);
    expect(await titles({})).toEqual(['手机课堂', '抗疫海报']);
    for (const where of [{ theme: '抗疫' }, { kind: 'POSTER' }, { publishedTo: '2020-12-31' }, { search: '海报' }])
      expect(await titles(where)).toEqual(['抗疫海报']);
    expect(await titles({ account: createMediaAccount.id, publishedFrom: '2021-01-01' })).toEqual(['手机课堂']);
    const few = await hub.campaigns.ask(county(division), query);
    for (let i = 0; i < 28; i++) await hub.contentItem(division);
    const many = await hub.campaigns.ask(county(division), query);
    expect([few.data.contentItems.totalCount, many.data.contentItems.totalCount]).toEqual([2, 30]);
    expect(few.statements).toBeGreaterThan(3);
    expect(many.statements).toBe(few.statements);
  });
});
