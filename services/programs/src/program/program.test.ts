import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { caughtUp } from '@hub/test/caught-up';
import { eventually } from '@hub/test/eventually';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aProgram, aSession } from '../factories.ts';
import { programs } from '../subgraph.ts';

let owner: TestService;
let service: TestService;
beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(programs, { organisations: owner.url });
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

const organisationIn = async (divisionCode: string): Promise<{ id: string; version: number }> => {
  const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }`;
  return (await owner.get(city, create, { input: anOrganisation({ divisionCode }) })).createOrganisation;
};
const committeeIn = async (divisionCode: string): Promise<{ id: string }> => {
  const create = `mutation ($input: CreateCommittee!) { createCommittee(input: $input) { id } }`;
  return (await owner.get(city, create, { input: { divisionCode, name: '互联网行业委员会' } })).createCommittee;
};
const create = `mutation ($input: CreateProgram!) { createProgram(input: $input) { id version name state division { code } lead { __typename ... on Organisation { id } ... on Committee { id } } partners { id } } }`;
const enter = async (viewer: any, overrides: object = {}) =>
  (await service.get(viewer, create, { input: aProgram(overrides) })).createProgram;
const addLesson = (viewer: any, input: object) =>
  service.get(viewer, `mutation ($input: AddLesson!) { addLesson(input: $input) { id version } }`, {
    input: { topic: 'SCAN_CODE', title: '认识二维码', seconds: 240, ...input },
  });
const addSession = (viewer: any, input: object) =>
  service.get(viewer, `mutation ($input: CreateSession!) { createSession(input: $input) { id } }`, { input: aSession(input) });
const read = `query ($id: ID!) { program(id: $id) { name } }`;
const code = (answer: any) => answer.errors?.[0]?.extensions.code;

describe('program', () => {
  it("belongs to its lead's division and is seen by that county and the city only", async () => {
    const lead = await organisationIn('220102');
    const program = await enter(county('220102'), { leadOrganisationId: lead.id });
    expect(program).toMatchObject({
      state: 'PLANNED',
      division: { code: '220102' },
      lead: { __typename: 'Organisation', id: lead.id },
      partners: [],
    });
    const { id } = program;
    expect((await service.get(county('220102'), read, { id })).program).not.toBeNull();
    expect((await service.get(city, read, { id })).program).not.toBeNull();
    expect((await service.get(county('220103'), read, { id })).program).toBeNull();
    const { programs: listed } = await service.get(county('220103'), `{ programs { totalCount nodes { id } } }`);
    expect(listed.nodes).not.toContainEqual({ id });
  });

  it('has exactly one lead, which its author may see', async () => {
    const lead = await organisationIn('220102');
    const committee = await committeeIn('220102');
    const refused = async (viewer: any, overrides: object) =>
      code(await service.ask(viewer, create, { input: aProgram(overrides) }));
    expect(await refused(county('220102'), {})).toBe('INVALID_INPUT');
    expect(await refused(county('220102'), { leadOrganisationId: lead.id, leadCommitteeId: committee.id })).toBe('INVALID_INPUT');
    expect(await refused(county('220104'), { leadOrganisationId: lead.id })).toBe('NOT_FOUND');
    expect(await refused(county('220102'), { leadOrganisationId: lead.id, endsOn: '2022-01-01' })).toBe('INVALID_INPUT');
    const own = { role: 'ORGANISATION', division: '220102', organisation: lead.id };
    expect(await refused(own, { leadOrganisationId: lead.id })).toBe('FORBIDDEN');
    expect((await enter(county('220102'), { leadCommitteeId: committee.id })).lead).toEqual({
      __typename: 'Committee',
      id: committee.id,
    });
  });

  it('goes from planned to active to ended and never back', async () => {
    const lead = await organisationIn('220102');
    const { id, version } = await enter(county('220102'), { leadOrganisationId: lead.id });
    const update = `mutation ($input: UpdateProgram!) { updateProgram(input: $input) { version state } }`;
    const to = (expectedVersion: number, changes: object) =>
      service.ask(county('220102'), update, { input: { id, expectedVersion, ...changes } });
    expect(code(await to(version, { state: 'ENDED', endsOn: '2023-06-30' }))).toBe('NOT_ALLOWED');
    expect((await to(version, { state: 'ACTIVE' })).data.updateProgram).toEqual({ version: version + 1, state: 'ACTIVE' });
    expect(code(await to(version, { state: 'ENDED' }))).toBe('VERSION_MISMATCH');
    expect(code(await to(version + 1, { state: 'ENDED' }))).toBe('INVALID_INPUT');
    expect(code(await to(version + 1, { state: 'PLANNED' }))).toBe('NOT_ALLOWED');
    expect((await to(version + 1, { state: 'ENDED', endsOn: '2023-06-30' })).data.updateProgram.state).toBe('ENDED');
    expect(code(await to(version + 2, { state: 'ACTIVE' }))).toBe('NOT_ALLOWED');
    const { program } = await service.get(county('220102'), `query ($id: ID!) { program(id: $id) { history { kind actor } } }`, {
      id,
    });
    expect(program.history).toHaveLength(3);
    expect(program.history[0]).toEqual({ kind: 'UPDATED', actor: 'operator:committee-220102' });
  });

  it('is read with its lessons by the counties and organisations it is published to, and changed by none of them', async () => {
    const lead = await organisationIn('220100');
    const { id, version } = await enter(city, { leadOrganisationId: lead.id, publishedDownward: true });
    const hidden = await enter(city, { leadOrganisationId: lead.id });
    const { addLesson: lesson } = await addLesson(city, { programId: id });
    await addLesson(city, { programId: hidden.id });
    const member = await organisationIn('220105');
    const query = `query ($id: ID!) { program(id: $id) { name lead { __typename } lessons { id title } } }`;
    const reporting = { role: 'REPORTING', division: '220105' };
    for (const viewer of [
      county('220105'),
      reporting,
      { role: 'ORGANISATION', division: '220105', organisation: member.id },
    ] as any[]) {
      expect((await service.get(viewer, query, { id })).program).toEqual({
        name: '我来教您用手机',
        lead: null,
        lessons: [{ id: lesson.id, title: '认识二维码' }],
      });
      expect((await service.get(viewer, query, { id: hidden.id })).program).toBeNull();
    }
    expect((await service.get(county('220203'), query, { id })).program).toBeNull();
    const update = `mutation ($input: UpdateProgram!) { updateProgram(input: $input) { id } }`;
    const changed = { input: { id, expectedVersion: version, name: '改名' } };
    expect(code(await service.ask(county('220105'), update, changed))).toBe('FORBIDDEN');
    const add = `mutation ($input: AddLesson!) { addLesson(input: $input) { id } }`;
    const added = { input: { programId: id, topic: 'MAPS', title: '打开地图' } };
    expect(code(await service.ask(county('220105'), add, added))).toBe('FORBIDDEN');
    const edit = `mutation ($input: UpdateLesson!) { updateLesson(input: $input) { title seconds } }`;
    const edited = { input: { id: lesson.id, expectedVersion: 1, title: '扫码' } };
    expect(code(await service.ask(county('220105'), edit, edited))).toBe('FORBIDDEN');
    expect((await service.get(city, edit, edited)).updateLesson).toEqual({ title: '扫码', seconds: 240 });
  });

  it('is seen by a partner while it is one, with its lessons and sessions and nothing else', async () => {
    const charity = await organisationIn('220100');
    const lead = await organisationIn('220100');
    const partner = { role: 'PARTNER', division: '220100', organisation: charity.id } as const;
    const { id, version, partners } = await enter(city, { leadOrganisationId: lead.id, partnerIds: [charity.id] });
    expect(partners).toEqual([{ id: charity.id }]);
    const other = await enter(city, { leadOrganisationId: lead.id, publishedDownward: true });
    for (const programId of [id, other.id]) {
      await addLesson(city, { programId });
      await addSession(city, { programId });
    }
    const query = `query ($id: ID!) { programs { nodes { id partners { id } lessons { title } } } sessions { nodes { program { id } } } donations { totalCount }
      seen: program(id: $id) { name } _entities(representations: [{ __typename: "Organisation", id: "${charity.id}" }]) { ... on Organisation { programs { totalCount } donations { totalCount } } } }`;
    expect(await service.get(partner, query, { id: other.id })).toEqual({
      programs: { nodes: [{ id, partners: [{ id: charity.id }], lessons: [{ title: '认识二维码' }] }] },
      sessions: { nodes: [{ program: { id } }] },
      donations: { totalCount: 0 },
      seen: null,
      _entities: [{ programs: { totalCount: 1 }, donations: { totalCount: 0 } }],
    });
    const update = `mutation ($input: UpdateProgram!) { updateProgram(input: $input) { id } }`;
    expect(code(await service.ask(partner, update, { input: { id, expectedVersion: version, name: '改名' } }))).toBe('FORBIDDEN');

    const remove = `mutation ($input: RemovePartner!) { removePartner(input: $input) { partners { id } } }`;
    const input = { programId: id, expectedVersion: version, organisationId: charity.id };
    const removal = { input: { ...input, leftOn: '2023-06-30', reason: '合作到期' } };
    expect((await service.get(city, remove, removal)).removePartner.partners).toEqual([]);
    expect(code(await service.ask(city, remove, removal))).toBe('NOT_FOUND');
    expect(await service.get(partner, `{ programs { totalCount } sessions { totalCount } }`)).toEqual({
      programs: { totalCount: 0 },
      sessions: { totalCount: 0 },
    });
    const add = `mutation ($input: AddPartner!) { addPartner(input: $input) { partners { id } } }`;
    expect((await service.get(city, add, { input })).addPartner.partners).toEqual([{ id: charity.id }]);
    expect(code(await service.ask(city, add, { input }))).toBe('CONFLICT');
    expect((await service.get(partner, read, { id })).program).not.toBeNull();
  });

  it('stands on the file of its lead and of its partners, also where another division leads it', async () => {
    const lead = await organisationIn('220100');
    const helper = await organisationIn('220106');
    const { id } = await enter(city, { leadOrganisationId: lead.id, partnerIds: [helper.id], publishedDownward: true });
    await enter(city, { leadOrganisationId: lead.id, partnerIds: [helper.id], name: '未发布' });
    const of = (organisation: string) =>
      `{ _entities(representations: [{ __typename: "Organisation", id: "${organisation}" }]) { ... on Organisation { programs { nodes { id partners { id } } } } } }`;
    const [seen] = (await service.get(county('220106'), of(helper.id)))._entities;
    expect(seen.programs.nodes).toEqual([{ id, partners: [{ id: helper.id }] }]);
    expect((await service.get(county('220105'), of(helper.id)))._entities[0].programs.nodes).toEqual([]);
    expect((await service.get(city, of(lead.id)))._entities[0].programs.nodes).toHaveLength(2);
    const own = { role: 'ORGANISATION', division: '220106', organisation: helper.id };
    expect((await service.get(own as any, of(helper.id)))._entities[0].programs.nodes).toHaveLength(2);
  });

  it('moves with its lead, its lessons and partner links along; its sessions stay where their venues are', async () => {
    const lead = await organisationIn('220102');
    const helper = await organisationIn('220102');
    const { id } = await enter(county('220102'), { leadOrganisationId: lead.id, partnerIds: [helper.id] });
    await addLesson(county('220102'), { programId: id });
    await addSession(county('220102'), { programId: id });
    const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`;
    const moved = {
      id: lead.id,
      expectedVersion: lead.version,
      divisionCode: '220103',
      movedOn: '2023-03-01',
      reason: '注册地变更',
    };
    await owner.get(city, move, { input: moved });
    await caughtUp(service, programs.follows![0]!, owner);
    const query = `query ($id: ID!) { program(id: $id) { division { code } lessons { division { code } } sessions { totalCount } } }`;
    expect((await service.get(county('220102'), query, { id })).program).toBeNull();
    expect((await service.get(county('220103'), query, { id })).program).toEqual({
      division: { code: '220103' },
      lessons: [{ division: { code: '220103' } }],
      sessions: { totalCount: 0 },
    });
    expect((await service.get(city, query, { id })).program.sessions.totalCount).toBe(1);
    const changes = `{ programChanges(first: 1000) { nodes { kind entity entityId } } }`;
    // A feed waits for every transaction of the server that began before: those of other tests, too.
    await eventually(async () => {
      const { nodes } = (await service.get(county('220102'), changes)).programChanges;
      expect(nodes).toContainEqual({ kind: 'LEFT_SCOPE', entity: 'program', entityId: id });
    });
  });

  it('lists thirty with lead, partners, lessons and sessions in as many statements as two', async () => {
    const division = '220112';
    const lead = await organisationIn(division);
    const query = `{ programs { totalCount nodes { name lead { __typename } partners { id } lessons { title } sessions { totalCount nodes { venue } } donations { totalCount } } } }`;
    const plant = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const { id: programId } = await enter(county(division), { leadOrganisationId: lead.id, partnerIds: [lead.id] });
        await addLesson(county(division), { programId });
        await addSession(county(division), { programId, divisionCode: division });
      }
    };
    await plant(2);
    const two = await service.ask(county(division), query);
    await plant(28);
    const thirty = await service.ask(county(division), query);
    expect(thirty.data.programs.nodes.filter(({ sessions }: any) => sessions.totalCount === 1).length).toBeGreaterThanOrEqual(30);
    expect(thirty.statements).toBe(two.statements);
  });

  it('is found by its name, its pinyin and its state', async () => {
    const division = '220122';
    const lead = await organisationIn(division);
    await enter(county(division), { leadOrganisationId: lead.id, name: '银龄学堂' });
    await enter(county(division), { leadOrganisationId: lead.id, name: '爱心课堂' });
    const query = `query ($where: ProgramFilter) { programs(where: $where) { nodes { name } } }`;
    const named = async (where: object) =>
      (await service.get(city, query, { where: { division, ...where } })).programs.nodes.map(({ name }: any) => name);
    expect(await named({})).toEqual(['爱心课堂', '银龄学堂']);
    expect(await named({ search: '学堂' })).toEqual(['银龄学堂']);
    expect(await named({ search: 'ai xin' })).toEqual(['爱心课堂']);
    expect(await named({ state: 'ACTIVE' })).toEqual([]);
    expect(await named({ names: ['银龄学堂'], publishedDownward: false })).toEqual(['银龄学堂']);
  });
});
