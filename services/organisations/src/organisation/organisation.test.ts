import { eventually } from '@hub/test/eventually';
import { justNow } from '@hub/test/just-now';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version division { code name } legalName completeness { score missing } } }`;
let service: TestService;
beforeAll(async () => {
  service = await testService(organisations);
});
afterAll(() => service?.stop());

const enter = async (viewer: any, overrides: object = {}) =>
  (await service.get(viewer, create, { input: anOrganisation(overrides) })).createOrganisation;

describe('organisation', () => {
  it('is entered by its county and seen by it and the city only', async () => {
    const { id } = await enter(county('220102'));
    const query = `query ($id: ID!) { organisation(id: $id) { legalName division { name parent { name } } } }`;
    expect((await service.get(county('220102'), query, { id })).organisation).toEqual({
      legalName: '长春测试网络科技有限公司',
      division: { name: '南关区', parent: { name: '长春市' } },
    });
    expect((await service.get(city, query, { id })).organisation).not.toBeNull();
    expect((await service.get(county('220104'), query, { id })).organisation).toBeNull();
    expect((await service.get(county('220103'), query, { id })).organisation).toBeNull();
  });

  it('lists in pinyin order with stable cursors both ways, other slices left out', async () => {
    const division = '220105';
    await enter(county('220106'), { divisionCode: '220106', legalName: '啊别区公司' });
    for (const legalName of ['长春丙公司', '安图甲公司', '北方乙公司', '北方乙公司'])
      await enter(county(division), { divisionCode: division, legalName });
    const query = `query ($after: String, $before: String, $first: Int, $last: Int) {
      organisations(first: $first, last: $last, after: $after, before: $before) { totalCount nodes { legalName } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const one = (await service.get(county(division), query, { first: 3 })).organisations;
    expect(one.totalCount).toBe(4);
    expect(one.nodes.map((n: any) => n.legalName)).toEqual(['安图甲公司', '北方乙公司', '北方乙公司']);
    expect(one.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const two = (await service.get(county(division), query, { first: 3, after: one.pageInfo.endCursor })).organisations;
    expect(two.nodes.map((n: any) => n.legalName)).toEqual(['长春丙公司']);
    expect(two.pageInfo.hasNextPage).toBe(false);
    const back = (await service.get(county(division), query, { last: 2, before: two.pageInfo.startCursor })).organisations;
    expect(back.nodes.map((n: any) => n.legalName)).toEqual(['北方乙公司', '北方乙公司']);
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('refuses another division, an unknown division, a bad and a taken credit code', async () => {
    const refused = async (overrides: object) =>
      (await service.ask(county('220102'), create, { input: anOrganisation(overrides) })).errors?.[0];
    expect((await refused({ divisionCode: '220104' }))?.extensions.code).toBe('FORBIDDEN');
    expect((await refused({ divisionCode: '999999' }))?.extensions.code).toBe('INVALID_INPUT');
    expect((await refused({ creditCode: '912201021234567000' }))?.message).toContain('spreadsheet');
    const taken = anOrganisation();
    await service.get(county('220102'), create, { input: taken });
    expect((await refused({ creditCode: taken.creditCode }))?.extensions.code).toBe('CONFLICT');
  });

  it('lets one of two editors with the same version win', async () => {
    const { id, version } = await enter(county('220102'));
    const update = `mutation ($input: UpdateOrganisation!) { updateOrganisation(input: $input) { version address } }`;
    const both = await Promise.all(
      ['甲路1号', '乙路2号'].map(address =>
        service.ask(county('220102'), update, { input: { id, expectedVersion: version, address } }),
      ),
    );
    expect(both.map(answer => answer.errors?.[0]?.extensions.code ?? 'OK').sort()).toEqual(['OK', 'VERSION_MISMATCH']);
  });

  it('keeps in its history who did what in which request, by the id of the hub and by that of the client', async () => {
    const mutation = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;
    const headers = { 'x-request-id': 'ours-1', 'x-client-request-id': 'theirs-1' };
    const { data } = await service.ask(county('220102'), mutation, { input: anOrganisation() }, headers);
    const query = `query ($id: ID!) { organisation(id: $id) { history { actor requestId clientRequestId } } }`;
    const { organisation } = await service.get(county('220102'), query, { id: data.createOrganisation.id });
    expect(organisation.history).toEqual([
      { actor: 'operator:committee-220102', requestId: 'ours-1', clientRequestId: 'theirs-1' },
    ]);
  });

  it('answers a repeated Idempotency-Key with the first answer and refuses it for another operation', async () => {
    const key = { 'idempotency-key': `key-${Date.now()}` };
    const input = anOrganisation();
    const [first, second] = await Promise.all([1, 2].map(() => service.ask(county('220102'), create, { input }, key)));
    expect(first!.errors ?? second!.errors).toBeUndefined();
    expect(first!.data).toEqual(second!.data);
    const other = await service.ask(county('220102'), create, { input: anOrganisation() }, key);
    expect(other.errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('moves with its figures and own branch; the history says when, by whom and why', async () => {
    const { id, version } = await enter(county('220102'));
    await service.get(
      county('220102'),
      `mutation ($id: ID!) {
      a: createFigure(input: { organisationId: $id, indicator: EMPLOYEES, period: "2022", value: 12 }) { id }
      b: createBranch(input: { name: "测试支部", organisationIds: [$id] }) { kind } }`,
      { id },
    );
    const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { division { code } employees branches { name division { code } } } }`;
    const input = { id, expectedVersion: version, divisionCode: '220106', movedOn: '2023-03-01', reason: '注册地变更' };
    expect((await service.ask(county('220102'), move, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await service.get(city, move, { input })).moveOrganisation).toEqual({
      division: { code: '220106' },
      employees: 12,
      branches: [{ name: '测试支部', division: { code: '220106' } }],
    });
    const query = `query ($id: ID!) { organisation(id: $id) { employees history { kind actor reason divisionCode changes { field before after } } } }`;
    expect((await service.get(county('220102'), query, { id })).organisation).toBeNull();
    const moved = (await service.get(county('220106'), query, { id })).organisation;
    expect(moved.history[0]).toMatchObject({
      kind: 'ENTERED_SCOPE',
      actor: 'operator:committee-220100',
      reason: '2023-03-01 注册地变更',
    });
    // A feed waits for every transaction of the server that began before: those of other tests, too.
    await eventually(async () => {
      const { nodes } = (await service.get(county('220102'), `{ organisationChanges(first: 1000) { nodes { kind entityId } } }`))
        .organisationChanges;
      expect(nodes.findLast((change: any) => change.entityId === id).kind).toBe('LEFT_SCOPE');
    });
  });

  it('figures count what the viewer could list, now and as of a moment, and are null outside the slice', async () => {
    const division = '220112';
    const query = `query ($asOf: DateTimeISO) { division(code: "${division}") { name organisationFigures(asOf: $asOf) { organisations keyOrganisations employees } organisations { totalCount } } }`;
    await enter(county(division), { divisionCode: division, isKey: true });
    const before = justNow().toISOString();
    await enter(county(division), { divisionCode: division });
    const now = (await service.get(city, query)).division;
    expect(now.organisationFigures).toEqual({ organisations: 2, keyOrganisations: 1, employees: 0 });
    expect(now.organisations.totalCount).toBe(2);
    await eventually(async () => {
      expect((await service.get(city, query, { asOf: before })).division.organisationFigures.organisations).toBe(1);
    });
    expect((await service.get(county('220102'), query)).division).toEqual({
      name: '双阳区',
      organisationFigures: null,
      organisations: { totalCount: 0 },
    });
  });
});
