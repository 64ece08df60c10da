import { type TestService, testService } from '@hub/test/test-service';
import { city } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService(organisations);
});
afterAll(() => service?.stop());

const create = `mutation ($input: CreateFigure!) { createFigure(input: $input) { id period value } }`;
const someone = async (): Promise<string> =>
  (
    await service.get(city, `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`, {
      input: anOrganisation({ divisionCode: '220102' }),
    })
  ).createOrganisation.id;
const report = (organisationId: string, indicator: string, period: string, value: number) =>
  service.ask(city, create, { input: { organisationId, indicator, period, value } });
const refusal = async (indicator: string, period: string, value = 1) =>
  (await report(await someone(), indicator, period, value)).errors?.[0]?.extensions;

describe('a figure', () => {
  it.each(['4498-06', '1948', '2023-13', '2023-Q5', '2023-H3', '2023.3', ''])('of %j has no period', async period =>
    expect(await refusal('EMPLOYEES', period)).toMatchObject({ code: 'INVALID_INPUT', reason: 'NOT_A_PERIOD' }),
  );

  it('of a period that has not ended is refused', async () => {
    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
    for (const period of [`${year}`, `${year}-H2`, `${year}-12`, `${year + 1}`])
      expect(await refusal('EMPLOYEES', period)).toMatchObject({ code: 'INVALID_INPUT', reason: 'PERIOD_NOT_ENDED' });
  });

  it('of persons is whole', async () => {
    expect(await refusal('EMPLOYEES', '2022', 1.5)).toMatchObject({ reason: 'NOT_A_WHOLE_NUMBER' });
    expect(await refusal('REPORTED_MEMBERS', '2022', 0.1)).toMatchObject({ reason: 'NOT_A_WHOLE_NUMBER' });
    expect(await refusal('OUTPUT_VALUE', '2022', 1.5)).toBeUndefined();
    const id = await someone();
    const { createFigure } = (await report(id, 'EMPLOYEES', '2022', 5)).data as any;
    const change = `mutation ($id: ID!) { updateFigure(input: { id: $id, expectedVersion: 1, value: 5.5 }) { id } }`;
    expect((await service.ask(city, change, { id: createFigure.id })).errors?.[0]?.extensions.reason).toBe('NOT_A_WHOLE_NUMBER');
  });

  it('of a part of a year is never the output of the year; persons are counted at the end of any period', async () => {
    const id = await someone();
    for (const [period, value] of [
      ['2022', 100],
      ['2023-H1', 60],
      ['2023-Q1', 30],
      ['2022-12', 9],
    ] as const) {
      await report(id, 'OUTPUT_VALUE', period, value);
      await report(id, 'EMPLOYEES', period, value);
    }
    const latest = `query ($id: ID!, $at: LocalDate) { organisation(id: $id) { outputValue(asOf: $at) employees(asOf: $at) } }`;
    expect((await service.get(city, latest, { id })).organisation).toEqual({ outputValue: 100, employees: 60 });
    expect((await service.get(city, latest, { id, at: '2022-12-31' })).organisation).toEqual({ outputValue: 100, employees: 9 });
    expect((await service.get(city, latest, { id, at: '2022-12-30' })).organisation).toEqual({
      outputValue: null,
      employees: null,
    });
    const sum = `{ division(code: "220102") { organisationFigures { outputValue } } }`;
    const before = (await service.get(city, sum)).division.organisationFigures.outputValue;
    await report(id, 'OUTPUT_VALUE', '2023-Q3', 7);
    expect((await service.get(city, sum)).division.organisationFigures.outputValue).toBe(before);
  });

  it('is answered as verified only, to who asks so', async () => {
    const id = await someone();
    const { createFigure } = (await report(id, 'EMPLOYEES', '2021', 7)).data as any;
    await report(id, 'EMPLOYEES', '2022', 8);
    const ask = `query ($id: ID!) { organisation(id: $id) { any: employees verified: employees(status: VERIFIED) reported: employees(status: REPORTED) figures(where: { status: VERIFIED }) { nodes { value } } } }`;
    expect((await service.get(city, ask, { id })).organisation).toMatchObject({ any: 8, verified: null, reported: 8 });
    await service.get(
      city,
      `mutation ($id: ID!) { updateFigure(input: { id: $id, expectedVersion: 1, status: VERIFIED }) { id } }`,
      { id: createFigure.id },
    );
    expect((await service.get(city, ask, { id })).organisation).toEqual({
      any: 8,
      verified: 7,
      reported: 8,
      figures: { nodes: [{ value: 7 }] },
    });
  });

  it('is summed over a division as verified only, beside the sum of all', async () => {
    const sums = `{ division(code: "220102") { all: organisationFigures { organisations employees } verified: organisationFigures(status: VERIFIED) { organisations employees } } }`;
    const before = (await service.get(city, sums)).division;
    const id = await someone();
    const { createFigure } = (await report(id, 'EMPLOYEES', '2021', 7)).data as any;
    await report(id, 'EMPLOYEES', '2022', 8);
    const verify = `mutation ($id: ID!) { updateFigure(input: { id: $id, expectedVersion: 1, status: VERIFIED }) { id } }`;
    await service.get(city, verify, { id: createFigure.id });
    const { all, verified } = (await service.get(city, sums)).division;
    expect([all.employees - before.all.employees, verified.employees - before.verified.employees]).toEqual([8, 7]);
    expect(verified.organisations).toBe(all.organisations);
  });
});
