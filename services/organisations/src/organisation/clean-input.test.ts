import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService(organisations);
});
afterAll(() => service?.stop());

const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version legalName shortName address registeredOn } }`;
const enter = (input: object) => service.ask(city, create, { input: anOrganisation(input) });
const entered = async (input: object) => ((await enter(input)).data as any).createOrganisation;
const refusal = async (input: object) => (await enter(input)).errors?.[0];

describe('what is typed into the API', () => {
  it('is stored as a ledger stores it: without signs that nobody sees, and otherwise as it was written', async () => {
    expect(
      await entered({
        legalName: '\u202D测试（集团）\u200B\u001C\u007F\u0085',
        shortName: '  ＡＴ＆Ｔ\u00AD ',
        address: '人民大街\t1号\r\n二楼',
      }),
    ).toMatchObject({ legalName: '测试（集团）', shortName: 'ＡＴ＆Ｔ', address: '人民大街 1号 二楼' });
  });

  it('is judged by what is left of it', async () => {
    expect((await refusal({ legalName: '甲\u200B\u200B\u200B' }))?.extensions.code).toBe('INVALID_INPUT');
    expect((await refusal({ legalName: '\u3000\u2060\u3000' }))?.extensions.code).toBe('INVALID_INPUT');
    expect(await refusal({ legalName: `${'甲'.repeat(200)}\u200B` })).toBeUndefined();
  });

  it('keeps its lines where it is long', async () => {
    const { id } = await entered({});
    const dissolve = `mutation ($input: DissolveOrganisation!) { dissolveOrganisation(input: $input) { id } }`;
    const input = { id, expectedVersion: 1, dissolvedOn: '2022-02-02', reason: '\u200B第一行\r\n 第二行 ' };
    await service.get(county('220102'), dissolve, { input });
    const history = `query ($id: ID!) { organisation(id: $id) { history { reason } } }`;
    expect((await service.get(city, history, { id })).organisation.history[0].reason).toBe('第一行\n第二行');
  });

  it.each([
    ['1899-12-31', 'DATE_TOO_EARLY'],
    ['0203-02-17', 'DATE_TOO_EARLY'],
    ['2123-02-17', 'DATE_IN_FUTURE'],
  ])('cannot have happened on %s', async (registeredOn, reason) => {
    const error = await refusal({ registeredOn });
    expect(error?.extensions).toMatchObject({ code: 'INVALID_INPUT', reason });
    expect(error?.message).toMatch(/^registeredOn: .*[一-龥]/);
    expect((await refusal({ memberUntil: registeredOn }))?.extensions.reason).toBe(reason);
  });

  it('may be of today in China and, where something ends, of a day to come', async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const next = `${Number(today.slice(0, 4)) + 1}-06-30`;
    expect(await refusal({ registeredOn: today, memberSince: today, memberUntil: next })).toBeUndefined();
    expect((await refusal({ memberSince: next }))?.extensions.reason).toBe('DATE_IN_FUTURE');
  });

  it('does not end before it began', async () => {
    const outOfOrder = { code: 'INVALID_INPUT', reason: 'DATES_OUT_OF_ORDER' };
    expect((await refusal({ memberSince: '2022-02-02', memberUntil: '2022-02-01' }))?.extensions).toMatchObject(outOfOrder);
    const { id } = await entered({ registeredOn: '2020-02-02', memberSince: '2022-02-02' });
    const reasonOf = async (mutation: string) =>
      (await service.ask(city, `mutation ($id: ID!) { ${mutation} { id } }`, { id })).errors?.[0]?.extensions.reason;
    const change = 'updateOrganisation(input: { id: $id, expectedVersion: 1, memberUntil: "2022-02-01" })';
    expect(await reasonOf(change)).toBe(outOfOrder.reason);
    const dissolve = (on: string) =>
      `dissolveOrganisation(input: { id: $id, expectedVersion: 1, dissolvedOn: "${on}", reason: "注销" })`;
    expect(await reasonOf(dissolve('2020-02-01'))).toBe(outOfOrder.reason);
    const establish = `mutation ($id: ID!) { createBranch(input: { name: "有始有终支部", organisationIds: [$id], establishedOn: "2021-01-01" }) { id } }`;
    const branch = (await service.get(city, establish, { id })).createBranch.id;
    const end = `mutation ($id: ID!) { updateBranch(input: { id: $id, expectedVersion: 1, dissolvedOn: "2020-12-31" }) { id } }`;
    expect((await service.ask(city, end, { id: branch })).errors?.[0]?.extensions.reason).toBe(outOfOrder.reason);
    expect(await reasonOf(dissolve('2020-12-31'))).toBe(outOfOrder.reason);
    expect(await reasonOf(dissolve('2021-01-01'))).toBeUndefined();
  });
});
