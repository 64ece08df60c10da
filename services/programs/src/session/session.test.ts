import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aProgram, aSession } from '../factories.ts';
import { programs } from '../subgraph.ts';

let owner: TestService;
let service: TestService;
let lead: string;
let charity: string;
beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(programs, { organisations: owner.url });
  lead = await organisationIn('220100');
  charity = await organisationIn('220100');
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

const organisationIn = async (divisionCode: string): Promise<string> => {
  const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;
  return (await owner.get(city, create, { input: anOrganisation({ divisionCode }) })).createOrganisation.id;
};
const published = async (overrides: object = {}): Promise<{ id: string; version: number }> => {
  const create = `mutation ($input: CreateProgram!) { createProgram(input: $input) { id version } }`;
  const input = aProgram({ leadOrganisationId: lead, publishedDownward: true, ...overrides });
  return (await service.get(city, create, { input })).createProgram;
};
const create = `mutation ($input: CreateSession!) { createSession(input: $input) { id version state division { code } program { id } seniors volunteers } }`;
const plan = async (viewer: any, overrides: object) =>
  (await service.get(viewer, create, { input: aSession(overrides) })).createSession;
const update = `mutation ($input: UpdateSession!) { updateSession(input: $input) { version venue state division { code } } }`;
const record = `mutation ($input: RecordAttendance!) { recordAttendance(input: $input) { version state seniors volunteers } }`;
const cancel = `mutation ($input: CancelSession!) { cancelSession(input: $input) { version state cancelReason } }`;
const read = `query ($id: ID!) { session(id: $id) { venue program { id } } }`;
const code = (answer: any) => answer.errors?.[0]?.extensions.code;

describe('session', () => {
  it('of a published city program is held by a county and seen by it and the city only', async () => {
    const { id: programId } = await published();
    const session = await plan(county('220102'), { programId });
    expect(session).toMatchObject({ state: 'PLANNED', division: { code: '220102' }, program: { id: programId }, seniors: null });
    const { id } = session;
    expect((await service.get(county('220102'), read, { id })).session).not.toBeNull();
    expect((await service.get(city, read, { id })).session).not.toBeNull();
    expect((await service.get(county('220103'), read, { id })).session).toBeNull();
    const member = { role: 'ORGANISATION', division: '220102', organisation: await organisationIn('220102') };
    expect((await service.get(member as any, read, { id })).session).toBeNull();
    const leader = { role: 'ORGANISATION', division: '220100', organisation: lead };
    expect((await service.get(leader as any, read, { id })).session).not.toBeNull();
    expect((await service.get({ role: 'REPORTING', division: '220102' }, read, { id })).session).not.toBeNull();
  });

  it('of the same program, hour and place is not planned twice, however the place is typed, by two at once', async () => {
    const { id: programId } = await published();
    const twice = { programId, venue: '南湖（东）社区' };
    const planned = await Promise.all(
      ['南湖（东）社区', '南湖(东) 社区'].map(venue =>
        service.ask(county('220102'), create, { input: aSession({ ...twice, venue }) }),
      ),
    );
    expect(planned.map(code).sort()).toEqual(['CONFLICT', undefined]);
    const [{ id, version }] = planned.flatMap(({ data }) => data?.createSession ?? []);
    await service.get(county('220102'), cancel, { input: { id, expectedVersion: version, reason: '改期' } });
    expect((await plan(county('220102'), twice)).state).toBe('PLANNED');
  });

  it('is refused for a hidden program, in another division, and after the end of the program', async () => {
    const { id: hidden } = await published({ publishedDownward: false });
    const { id: programId, version } = await published();
    const refused = async (overrides: object) =>
      code(await service.ask(county('220102'), create, { input: aSession({ programId, ...overrides }) }));
    expect(await refused({ programId: hidden })).toBe('NOT_FOUND');
    expect(await refused({ divisionCode: '220103' })).toBe('FORBIDDEN');
    expect(await refused({ divisionCode: '999999' })).toBe('INVALID_INPUT');
    expect(await refused({ endsAt: '2022-10-08T09:00:00+08:00' })).toBe('INVALID_INPUT');
    const end = `mutation ($id: ID!, $v: Int!, $w: Int!) { a: updateProgram(input: { id: $id, expectedVersion: $v, state: ACTIVE }) { id }
      b: updateProgram(input: { id: $id, expectedVersion: $w, state: ENDED, endsOn: "2022-10-07" }) { id } }`;
    await service.get(city, end, { id: programId, v: version, w: version + 1 });
    expect(await refused({})).toBe('NOT_ALLOWED');
    expect(await refused({ startsAt: '2022-10-07T23:00:00+08:00' })).toBeUndefined();
  });

  it('takes attendance from a partner of its program, who may change nothing else', async () => {
    const partner = { role: 'PARTNER', division: '220100', organisation: charity } as const;
    const { id: programId } = await published({ partnerIds: [charity] });
    const { id: others } = await published();
    const { id: sessionId, version: expectedVersion } = await plan(county('220102'), { programId });
    const strange = await plan(county('220102'), { programId: others });
    const input = { sessionId, expectedVersion, seniors: 31, volunteers: 4 };
    expect((await service.get(partner, record, { input })).recordAttendance).toEqual({
      version: expectedVersion + 1,
      state: 'HELD',
      seniors: 31,
      volunteers: 4,
    });
    expect(code(await service.ask(partner, record, { input }))).toBe('VERSION_MISMATCH');
    const corrected = { ...input, expectedVersion: expectedVersion + 1, seniors: 30 };
    expect((await service.get(partner, record, { input: corrected })).recordAttendance.seniors).toBe(30);
    expect(code(await service.ask(partner, record, { input: { ...input, sessionId: strange.id } }))).toBe('NOT_FOUND');
    const { id } = await plan(county('220102'), { programId });
    expect(code(await service.ask(partner, update, { input: { id, expectedVersion: 1, venue: '松果社区' } }))).toBe('FORBIDDEN');
    expect(code(await service.ask(partner, cancel, { input: { id, expectedVersion: 1, reason: '下雨' } }))).toBe('FORBIDDEN');
    expect(code(await service.ask(partner, create, { input: aSession({ programId }) }))).toBe('FORBIDDEN');
    const { session } = await service.get(county('220102'), `query ($id: ID!) { session(id: $id) { history { actor } } }`, {
      id: sessionId,
    });
    expect(session.history[0].actor).toBe('operator:partner-220100');
  });

  it('takes attendance from its county and the city, from nobody else', async () => {
    const { id: programId } = await published();
    const { id: sessionId } = await plan(county('220102'), { programId });
    const as = (viewer: any, expectedVersion = 1) =>
      service.ask(viewer, record, { input: { sessionId, expectedVersion, seniors: 12, volunteers: 2 } });
    expect(code(await as(county('220103')))).toBe('NOT_FOUND');
    expect(code(await as({ role: 'REPORTING', division: '220102' }))).toBe('FORBIDDEN');
    expect(code(await as({ role: 'ORGANISATION', division: '220100', organisation: lead }))).toBe('FORBIDDEN');
    expect(code(await as(county('220102')))).toBeUndefined();
    expect(code(await as(city, 2))).toBeUndefined();
  });

  it('takes no attendance before it begins; once held it stays, once cancelled too', async () => {
    const { id: programId } = await published();
    const future = await plan(county('220102'), { programId, startsAt: '2999-01-01T09:00:00+08:00' });
    const attendance = { sessionId: future.id, expectedVersion: 1, seniors: 1, volunteers: 1 };
    expect(code(await service.ask(county('220102'), record, { input: attendance }))).toBe('NOT_ALLOWED');
    const cancellation = { input: { id: future.id, expectedVersion: 1, reason: '场地维修' } };
    expect((await service.get(county('220102'), cancel, cancellation)).cancelSession).toEqual({
      version: 2,
      state: 'CANCELLED',
      cancelReason: '场地维修',
    });
    expect(code(await service.ask(county('220102'), record, { input: { ...attendance, expectedVersion: 2 } }))).toBe(
      'NOT_ALLOWED',
    );
    const { id } = await plan(county('220102'), { programId });
    await service.get(county('220102'), record, { input: { ...attendance, sessionId: id } });
    const late = { id, expectedVersion: 2 };
    expect(code(await service.ask(county('220102'), cancel, { input: { ...late, reason: '下雨' } }))).toBe('NOT_ALLOWED');
    expect(code(await service.ask(county('220102'), update, { input: { ...late, venue: '松果社区' } }))).toBe('NOT_ALLOWED');
  });

  it('moves to a venue in another county only by a viewer who holds both', async () => {
    const { id: programId } = await published();
    const { id } = await plan(county('220102'), { programId });
    const input = { id, expectedVersion: 1, venue: '松果社区', divisionCode: '220103' };
    expect(code(await service.ask(county('220102'), update, { input }))).toBe('FORBIDDEN');
    expect((await service.get(city, update, { input })).updateSession).toMatchObject({
      venue: '松果社区',
      division: { code: '220103' },
    });
    expect((await service.get(county('220102'), read, { id })).session).toBeNull();
    expect((await service.get(county('220103'), read, { id })).session.venue).toBe('松果社区');
  });

  it('is found by program, division, state, time and venue, other slices left out', async () => {
    const { id: programId } = await published();
    await plan(county('220106'), { programId, divisionCode: '220106', venue: '别区社区' });
    const day = (date: string) => `${date}T09:00:00+08:00`;
    await plan(county('220105'), { programId, divisionCode: '220105', venue: '云杉社区', startsAt: day('2022-11-01') });
    await plan(county('220105'), { programId, divisionCode: '220105', venue: '松果社区', startsAt: day('2022-11-08') });
    const query = `query ($where: SessionFilter, $first: Int, $after: String) { sessions(where: $where, orderBy: STARTS_ASC, first: $first, after: $after) { totalCount nodes { venue } pageInfo { endCursor } } }`;
    const found = async (viewer: any, where: object) =>
      (await service.get(viewer, query, { where: { program: programId, ...where } })).sessions.nodes.map((n: any) => n.venue);
    expect(await found(county('220105'), {})).toEqual(['云杉社区', '松果社区']);
    expect(await found(city, {})).toEqual(['别区社区', '云杉社区', '松果社区']);
    expect(await found(city, { division: '220105', search: '松果' })).toEqual(['松果社区']);
    expect(await found(city, { from: day('2022-11-01'), to: day('2022-11-08') })).toEqual(['云杉社区']);
    expect(await found(city, { state: 'HELD' })).toEqual([]);
    const one = (await service.get(city, query, { where: { program: programId }, first: 2 })).sessions;
    const two = await service.get(city, query, { where: { program: programId }, first: 2, after: one.pageInfo.endCursor });
    expect(two.sessions.nodes).toEqual([{ venue: '松果社区' }]);
  });
});
