import { publishedFigures } from '@hub/sample/published-figures';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { comparison, dashboard } from './journeys.ts';
import { type TestHub, testHub } from './test-hub.ts';

const city = { role: 'COMMITTEE', division: '220100' } as const;
const county = (division: string) => ({ role: 'COMMITTEE', division }) as const;

/** The sample city, loaded through the door from its ledgers, asked through the door. */
describe.each(['apart', 'together'])('the sample city, its subgraphs %s', way => {
  let hub: TestHub;
  beforeAll(async () => {
    process.env.HUB_SUBGRAPHS = way;
    hub = await testHub({ sample: true });
  }, 600_000);
  afterAll(() => hub?.stop());

  it('has the published figures', async () => {
    const { division, symposium, awards } = await hub.get(
      city,
      `{ division(code: "220100") {
           organisationFigures { keyOrganisations employees soloBranches jointBranches }
           peopleFigures { members }
           programFigures { donatedMoney donatedGoods donatedTotal }
           campaignFigures { awardedPeople awards }
           epidemic: campaignFigures(theme: "疫情防控") { shortVideos posters relays reposts reads }
           theme: campaignFigures(theme: "长春的四季") { relays reads } }
         symposium: sessions(where: { from: "2023-02-17T00:00:00+08:00", to: "2023-02-18T00:00:00+08:00" }, first: 200) { nodes { program { name } startsAt } }
         awards(first: 200) { nodes { title } } }`,
    );
    const { epidemic, relayed, ...figures } = publishedFigures;
    expect(division.organisationFigures).toEqual({
      keyOrganisations: figures.keyEnterprises,
      employees: figures.employees,
      soloBranches: figures.soloBranches,
      jointBranches: figures.jointBranches,
    });
    expect(division.peopleFigures.members).toBe(figures.members);
    expect(division.programFigures.donatedTotal).toBe(figures.donations);
    expect(division.programFigures.donatedMoney + division.programFigures.donatedGoods).toBe(figures.donations);
    expect(division.campaignFigures).toEqual({ awardedPeople: figures.honoured, awards: figures.honoured });
    expect(new Set(awards.nodes.map((award: { title: string }) => award.title))).toEqual(new Set(['长春好网民', '正能量好网民']));
    expect(division.theme.relays).toBeGreaterThanOrEqual(relayed.items);
    expect(division.theme.reads).toBeGreaterThanOrEqual(relayed.reads);
    expect(division.epidemic).toMatchObject({ reposts: epidemic.reposts, reads: epidemic.reads });
    for (const kind of ['shortVideos', 'posters', 'relays'] as const)
      expect(division.epidemic[kind]).toBeGreaterThanOrEqual(epidemic[kind]);
    expect(symposium.nodes.map((session: any) => session.program.name)).toContain('会员企业座谈会');
    expect(symposium.nodes[0].startsAt).toContain(figures.symposiumOn);
  });

  it('shows a district its own rows only, in every list, figure and total', async () => {
    const { division } = await hub.get(county('220104'), dashboard, { division: '220104' });
    const whole = (await hub.get(city, dashboard, { division: '220104' })).division;
    expect(division).toEqual(whole);
    expect(division.organisations.totalCount).toBe(division.organisationFigures.organisations);
    expect(division.organisations.totalCount).toBe(15);
    expect(division.people.totalCount).toBe(division.peopleFigures.people);
    expect(division.donations.totalCount).toBe(division.programFigures.donations);
    const everything = await hub.get(
      county('220104'),
      `{ organisations(first: 0) { totalCount } people(first: 0) { totalCount } donations(first: 0) { totalCount } awards(first: 0) { totalCount } contentItems(first: 0) { totalCount } }`,
    );
    expect(everything.organisations.totalCount).toBe(division.organisations.totalCount);
    expect(everything.people.totalCount).toBe(division.people.totalCount);
    expect(everything.donations.totalCount).toBe(division.donations.totalCount);
    expect(everything.contentItems.totalCount).toBe(division.campaignFigures.contentItems);
  });

  it('shows another district its public name and nothing else', async () => {
    const { division } = await hub.get(county('220102'), dashboard, { division: '220104' });
    expect(division).toMatchObject({
      code: '220104',
      name: '朝阳区',
      organisationFigures: null,
      peopleFigures: null,
      campaignFigures: null,
      programFigures: null,
    });
    for (const list of ['organisations', 'people', 'awards', 'sessions', 'donations'])
      expect(division[list]).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('refuses no token and a bad token', async () => {
    for (const token of ['', 'x', 'a.b.c']) {
      const response = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: '{"query":"{__typename}"}',
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
  });

  it('compares all districts in one query whose figures sum up to the city', async () => {
    const { divisions } = await hub.get(city, comparison, { division: '220100' });
    const whole = (await hub.get(city, dashboard, { division: '220100' })).division;
    expect(divisions.nodes.length).toBe(15);
    const sum = (pick: (division: any) => number) =>
      divisions.nodes.reduce((total: number, division: any) => total + pick(division), 0);
    expect(sum(each => each.organisationFigures.employees)).toBe(whole.organisationFigures.employees);
    expect(sum(each => each.organisationFigures.branches)).toBe(whole.organisationFigures.branches);
    expect(sum(each => each.peopleFigures.members)).toBe(whole.peopleFigures.members);
    expect(sum(each => each.campaignFigures.reads)).toBe(whole.campaignFigures.reads);
    expect(sum(each => each.programFigures.donatedTotal)).toBe(whole.programFigures.donatedTotal);
  });

  it('shows a partner its program and no people', async () => {
    const { organisations } = await hub.get(city, '{ organisations(where: { kind: CHARITY }) { nodes { id } } }');
    const partner = { role: 'PARTNER', division: '220100', organisation: organisations.nodes[0].id } as const;
    const data = await hub.get(
      partner,
      '{ programs { totalCount nodes { name lessons { title } sessions(first: 1) { totalCount } } } programChanges(first: 10) { nodes { entity } } }',
    );
    expect(data.programs).toMatchObject({ totalCount: 1, nodes: [{ name: '我来教您用手机' }] });
    expect(data.programs.nodes[0].sessions.totalCount).toBe(60);
    expect(data.programChanges.nodes.length).toBeGreaterThan(0);
    expect((await hub.ask(partner, '{ people { nodes { name } } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const all = await hub.get(
      { ...partner, scopes: ['people:read', 'people:personal', 'campaigns:read'] },
      '{ people { totalCount } awards { totalCount } }',
    );
    expect(all).toEqual({ people: { totalCount: 0 }, awards: { totalCount: 0 } });
  });

  it('moves an enterprise with its people, awards and donations to another district', async () => {
    const rich = `{ organisations(first: 200, where: { division: "220104", kind: ENTERPRISE }) { nodes { id version memberCount donationTotal awards { totalCount } people(first: 50) { nodes { id awards { totalCount } } } } } }`;
    const { organisations } = await hub.get(city, rich);
    const awarded = (node: any) => node.people?.nodes.filter((person: any) => person.awards.totalCount > 0).length;
    const chosen = organisations.nodes.find((node: any) => node.donationTotal > 0 && awarded(node) > 0);
    expect(chosen).toBeDefined();
    const input = {
      id: chosen.id,
      expectedVersion: chosen.version,
      divisionCode: '220106',
      movedOn: '2023-03-01',
      reason: '注册地变更',
    };
    const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { division { name } } }`;
    expect((await hub.ask(county('220104'), move, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    await hub.get({ ...city, actor: 'officer-wang' }, move, { input });

    const query = `query ($id: ID!) { organisation(id: $id) { memberCount donationTotal people(first: 50) { nodes { id awards { totalCount } } } donations { totalCount } history { kind actor reason at } } }`;
    await eventually(async () => {
      const { organisation } = await hub.get(county('220106'), query, { id: chosen.id });
      expect(organisation).toMatchObject({ memberCount: chosen.memberCount, donationTotal: chosen.donationTotal });
      expect(awarded(organisation)).toBe(awarded(chosen));
    });
    const { organisation } = await hub.get(county('220106'), query, { id: chosen.id });
    expect(organisation.history[0]).toMatchObject({
      kind: 'ENTERED_SCOPE',
      actor: 'operator:officer-wang',
      reason: '2023-03-01 注册地变更',
    });
    expect((await hub.get(county('220104'), query, { id: chosen.id })).organisation).toBeNull();
    const ids = chosen.people.nodes.map(({ id }: { id: string }) => id);
    for (const id of ids.slice(0, 3)) {
      const person = `query ($id: ID!) { person(id: $id) { id history { kind actor reason } } }`;
      expect((await hub.get(county('220104'), person, { id })).person).toBeNull();
      expect((await hub.get(county('220106'), person, { id })).person.history[0]).toMatchObject({
        kind: 'ENTERED_SCOPE',
        actor: 'operator:officer-wang',
        reason: '2023-03-01 注册地变更',
      });
    }
  });
});
