import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { eventually } from '@hub/test/eventually';
import { justNow } from '@hub/test/just-now';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aDonation, aProgram, aSession } from '../factories.ts';
import { programs } from '../subgraph.ts';

let owner: TestService;
let service: TestService;
let lead: string;
beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(programs, { organisations: owner.url });
  const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;
  lead = (await owner.get(city, create, { input: anOrganisation({ divisionCode: '220100' }) })).createOrganisation.id;
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

const figures = `query ($code: String!, $asOf: DateTimeISO, $program: ID) { _entities(representations: [{ __typename: "Division", code: $code }]) { ... on Division {
  programFigures(asOf: $asOf, program: $program) { programs activePrograms lessons sessionsHeld sessionsPlanned seniors volunteers donations donors donatedMoney donatedGoods donatedServices donatedTotal } } } }`;
const of = async (viewer: any, code: string, options: object = {}) =>
  (await service.get(viewer, figures, { code, ...options }))._entities[0].programFigures;
const programNamed = async (name: string): Promise<string> =>
  (
    await service.get(city, `mutation ($input: CreateProgram!) { createProgram(input: $input) { id } }`, {
      input: aProgram({ name, leadOrganisationId: lead, publishedDownward: true }),
    })
  ).createProgram.id;
const held = (division: string, programId: string, seniors: number) =>
  service
    .get(county(division), `mutation ($input: CreateSession!) { createSession(input: $input) { id } }`, {
      input: aSession({ programId, divisionCode: division }),
    })
    .then(({ createSession: { id: sessionId } }) =>
      service.get(county(division), `mutation ($input: RecordAttendance!) { recordAttendance(input: $input) { id } }`, {
        input: { sessionId, expectedVersion: 1, seniors, volunteers: 2 },
      }),
    );

describe('program figures', () => {
  it('count what the viewer could list, apart and together, of one program, and as of a moment', async () => {
    const [phone, other] = [await programNamed('教手机'), await programNamed('别的项目')] as const;
    await held('220102', phone, 30);
    await held('220102', other, 11);
    await held('220103', phone, 20);
    const before = justNow().toISOString();
    const mutation = `mutation ($plan: CreateSession!, $money: CreateDonation!, $goods: CreateDonation!, $service: CreateDonation!, $wrong: CreateDonation!) {
      plan: createSession(input: $plan) { id } money: createDonation(input: $money) { id } goods: createDonation(input: $goods) { id }
      service: createDonation(input: $service) { id } wrong: createDonation(input: $wrong) { id } }`;
    const { wrong } = await service.get(city, mutation, {
      plan: aSession({ programId: phone, startsAt: '2999-01-01T09:00:00+08:00' }),
      money: aDonation({ donorOrganisationId: lead, amount: 1000.5 }),
      goods: aDonation({
        divisionCode: '220102',
        kind: 'GOODS',
        amount: undefined,
        items: [{ description: '口罩', quantity: 10, unit: '盒' }],
        valuation: { amount: 200 },
      }),
      service: aDonation({ divisionCode: '220102', kind: 'SERVICE', amount: undefined, valuation: { amount: 40 } }),
      wrong: aDonation({ divisionCode: '220102', amount: 999_999 }),
    });
    const reverse = `mutation ($id: ID!) { reverseDonation(input: { id: $id, expectedVersion: 1, reason: "重复录入" }) { id } }`;
    const mistaken = justNow().toISOString();
    await service.get(city, reverse, { id: wrong.id });

    const whole = {
      programs: 2,
      activePrograms: 0,
      lessons: 0,
      sessionsHeld: 3,
      sessionsPlanned: 1,
      seniors: 61,
      volunteers: 6,
      donations: 3,
      donors: 1,
      donatedMoney: 1000.5,
      donatedGoods: 200,
      donatedServices: 40,
      donatedTotal: 1240.5,
    };
    expect(await of(city, '220100')).toEqual(whole);
    expect(await of(city, '220100', { program: phone })).toEqual({ ...whole, sessionsHeld: 2, seniors: 50, volunteers: 4 });
    expect(await of({ role: 'REPORTING', division: '220100' }, '220100')).toEqual(whole);
    expect(await of(county('220102'), '220102')).toMatchObject({ programs: 0, sessionsHeld: 2, seniors: 41, donatedTotal: 240 });
    expect(await of(city, '220102')).toMatchObject({ programs: 0, sessionsHeld: 2, seniors: 41, donatedTotal: 240 });
    await eventually(async () => expect((await of(city, '220100', { asOf: mistaken })).donatedMoney).toBe(1_000_999.5));
    expect(await of(city, '220100', { asOf: before })).toMatchObject({ sessionsHeld: 3, sessionsPlanned: 0, donatedTotal: 0 });
  });

  it('are null for a viewer who does not hold the division, and refuse a program that is no id', async () => {
    expect(await of(county('220102'), '220103')).toBeNull();
    expect(await of(county('220102'), '220100')).toBeNull();
    expect(await of({ role: 'PARTNER', division: '220100', organisation: lead }, '220100')).toBeNull();
    expect(await of({ role: 'ORGANISATION', division: '220100', organisation: lead }, '220100')).toBeNull();
    const injected = await service.ask(city, figures, { code: '220100', program: `x' or '1'='1` });
    expect(injected.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('of twenty divisions take as many statements as of two', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Division { programFigures { programs } programs { totalCount } sessions { totalCount nodes { venue } } donations { totalCount } } } }`;
    const ask = (codes: number) =>
      service.ask(city, query, {
        of: Array.from({ length: codes }, (_, i) => ({ __typename: 'Division', code: String(220101 + i) })),
      });
    const twenty = await ask(20);
    expect(twenty.errors).toBeUndefined();
    expect(twenty.statements).toBe((await ask(2)).statements);
  });
});
