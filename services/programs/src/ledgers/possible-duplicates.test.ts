import { aCreditCode, anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { importSheet, type SheetOptions } from '@hub/test/import-sheet';
import { type TestService, testService } from '@hub/test/test-service';
import { county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aProgram } from '../factories.ts';
import { programs } from '../subgraph.ts';

let owner: TestService;
let service: TestService;
const viewer = county('220102');
beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(programs, { organisations: owner.url });
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

const entered = async (creditCode = aCreditCode()): Promise<{ id: string; creditCode: string }> => {
  const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id creditCode } }`;
  return (await owner.get(viewer, create, { input: anOrganisation({ divisionCode: '220102', creditCode }) })).createOrganisation;
};
const anEnterprise = async () => (await entered()).creditCode;
const named = (problems: Record<string, unknown>[]) =>
  problems.map(({ row, outcome, code, column }) => [row, outcome, code, column]);

describe('the donations ledger', () => {
  const header = ['捐赠企业信用代码', '捐赠日期', '类别', '金额(元)', '受赠方', '用途', '处理'];
  const line = (code: string, amount: number, purpose = '', decision = '', recipient = '慈善总会') => [
    code,
    '2023-02-17',
    '资金',
    String(amount),
    recipient,
    purpose,
    decision,
  ];
  const bring = (rows: string[][], options?: SheetOptions) =>
    importSheet(service, viewer, 'Program', 'donations', [header, ...rows], options);
  const donationsOf = async (code: string) => {
    const { organisation } = await owner.get(viewer, `query ($c: String!) { organisation(creditCode: $c) { id } }`, { c: code });
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Organisation { donations(first: 50) { nodes { id amount purpose version reversed } } } } }`;
    const of = [{ __typename: 'Organisation', id: organisation.id }];
    return (await service.get(viewer, query, { of }))._entities[0].donations.nodes;
  };

  it('says of a row that stands on file but for its purpose which one it nearly is, and enters nothing', async () => {
    const code = await anEnterprise();
    await bring([line(code, 100)]);
    const again = await bring([line(code, 100, '防疫'), line(code, 250)]);
    expect(again).toMatchObject({ state: 'FAILED', counts: { possibleDuplicate: 1, skipped: 1, created: 0 } });
    expect(named(again.problems)).toEqual([[2, 'POSSIBLE_DUPLICATE', 'POSSIBLE_DUPLICATE', '用途']]);
    expect(again.problems[0].candidates).toMatchObject([{ text: '2023-02-17 资金 100元，慈善总会', differs: ['用途'] }]);
    expect(await donationsOf(code)).toHaveLength(1);
  });

  it('takes such a row for the one on file, or for another, as the importer decides in its column', async () => {
    const code = await anEnterprise();
    await bring([line(code, 100)]);
    expect(await bring([line(code, 100, '防疫', '同一')])).toMatchObject({
      state: 'APPLIED',
      counts: { updated: 1, created: 0 },
    });
    expect((await donationsOf(code)).map(({ purpose }: { purpose: string }) => purpose)).toEqual(['防疫']);
    expect(await bring([line(code, 100, '助学', '新增')])).toMatchObject({ counts: { created: 1 } });
    expect(await bring([line(code, 100, '助学', 'NEW')])).toMatchObject({ counts: { unchanged: 1, created: 0 } });
    expect(await donationsOf(code)).toHaveLength(2);
  });

  it('does so by the call after a trial, which goes before the column', async () => {
    const code = await anEnterprise();
    await bring([line(code, 100)]);
    const tried = await bring([line(code, 100, '助老')], { dryRun: true });
    expect(tried).toMatchObject({ state: 'READY', counts: { possibleDuplicate: 1 } });
    const apply = `mutation ($input: ApplyImport!) { applyProgramImport(input: $input) { state counts { created updated } } }`;
    const decisions = [{ row: 2, decision: 'SAME', id: tried.problems[0].candidates[0].id }];
    const { applyProgramImport } = await service.get(viewer, apply, { input: { id: tried.id, decisions } });
    expect(applyProgramImport).toEqual({ state: 'APPLIED', counts: { created: 0, updated: 1 } });
  });

  it('takes near repeats in as new where they are accepted as a whole', async () => {
    const code = await anEnterprise();
    await bring([line(code, 100), line(code, 200)]);
    const accepted = await bring([line(code, 100, '甲'), line(code, 200, '', '', '红十字会')], { acceptDuplicates: true });
    expect(accepted).toMatchObject({ state: 'APPLIED', counts: { created: 2, possibleDuplicate: 0 } });
  });

  it('does not take a row for one that another row of the file is to the letter', async () => {
    const code = await anEnterprise();
    await bring([line(code, 100, '一月')]);
    const cumulative = await bring([line(code, 100, '二月'), line(code, 100, '一月')]);
    expect(cumulative).toMatchObject({ state: 'APPLIED', counts: { created: 1, unchanged: 1 } });
  });

  it('refuses to take a row for one on file where nothing there is like it', async () => {
    const refused = await bring([line(await anEnterprise(), 100, '', '同一')]);
    expect(named(refused.problems)).toEqual([[2, 'ERROR', 'NO_SUCH_CANDIDATE', '处理']]);
  });

  it('knows a row again however its text is typed', async () => {
    const code = await anEnterprise();
    await bring([line(code, 100, '防疫（一期）', '', '长春 慈善总会')]);
    expect(await bring([line(code, 100, '防疫(一期)', '', '长春　慈善总会')])).toMatchObject({
      counts: { unchanged: 1, created: 0 },
    });
  });

  it('does not bring a reversed donation back, however often the cumulative ledger comes', async () => {
    const code = await anEnterprise();
    await bring([line(code, 100, '错录')]);
    const [{ id, version }] = await donationsOf(code);
    const reverse = `mutation ($input: ReverseDonation!) { reverseDonation(input: $input) { id } }`;
    await service.get(viewer, reverse, { input: { id, expectedVersion: version, reason: '录错了企业' } });
    const again = await bring([line(code, 100, '错录'), line(code, 300)]);
    expect(again).toMatchObject({ state: 'APPLIED', counts: { created: 1, unchanged: 1 } });
    expect((await donationsOf(code)).filter(({ reversed }: { reversed: boolean }) => reversed)).toHaveLength(1);
  });
});

describe('the sessions ledger', () => {
  const header = ['项目名称', '日期', '时间', '社区/地点', '属地', '参加人数', '处理'];
  let made = 0;
  const aProgramNamed = async (name = `我来教您用手机${++made}`) => {
    const create = `mutation ($input: CreateProgram!) { createProgram(input: $input) { id } }`;
    await service.get(viewer, create, { input: aProgram({ name, leadOrganisationId: (await entered()).id }) });
    return name;
  };
  const line = (program: string, time: string, venue = '出席社区', seniors = 20, decision = '') => [
    program,
    '2023-05-01',
    time,
    venue,
    '南关区',
    String(seniors),
    decision,
  ];
  const bring = (rows: string[][], options?: SheetOptions) =>
    importSheet(service, viewer, 'Program', 'sessions', [header, ...rows], options);
  const sessionsOf = async (name: string) => {
    const { sessions } = await service.get(
      viewer,
      `{ sessions(first: 200) { nodes { startsAt venue seniors program { name } } } }`,
    );
    return sessions.nodes.filter(({ program }: { program: { name: string } }) => program.name === name);
  };

  it('says of a class that stands on file but for its time, or its venue, which one it nearly is', async () => {
    const program = await aProgramNamed();
    await bring([line(program, '9:00')]);
    for (const [again, column] of [
      [line(program, '9:30'), '时间'],
      [line(program, '9:00', '出席社区二楼'), '社区/地点'],
    ] as const) {
      const batch = await bring([again]);
      expect([batch.state, ...named(batch.problems)]).toEqual([
        'FAILED',
        [2, 'POSSIBLE_DUPLICATE', 'POSSIBLE_DUPLICATE', column],
      ]);
      expect(batch.problems[0].candidates[0]).toMatchObject({ text: '2023-05-01 09:00 出席社区', differs: [column] });
    }
    expect(await sessionsOf(program)).toHaveLength(1);
  });

  it('moves the class on file to another hour where it is the same one, and takes two of a day where they are two', async () => {
    const program = await aProgramNamed();
    await bring([line(program, '9:00'), line(program, '14:00')]);
    expect(await bring([line(program, '9:30', '出席社区', 22, '同一'), line(program, '14:00')])).toMatchObject({
      state: 'APPLIED',
      counts: { updated: 1, unchanged: 1, created: 0 },
    });
    const held = await sessionsOf(program);
    expect(held.map(({ startsAt, seniors }: Record<string, unknown>) => [startsAt, seniors]).sort()).toEqual([
      ['2023-05-01T01:30:00.000Z', 22],
      ['2023-05-01T06:00:00.000Z', 20],
    ]);
    expect(await bring([line(program, '16:00', '出席社区', 8, '新增')])).toMatchObject({ counts: { created: 1 } });
  });

  it('finds a program and a venue however their names are typed', async () => {
    const program = await aProgramNamed('扫码（第二期）：会了！');
    expect(await bring([line('扫码(第二期):会了!', '9:00', '社区（一）')])).toMatchObject({
      counts: { created: 1 },
      problems: [],
    });
    expect(await bring([line(program, '9:00', '社区(一)', 21)])).toMatchObject({ counts: { updated: 1, created: 0 } });
    expect((await sessionsOf(program)).map(({ venue }: { venue: string }) => venue)).toHaveLength(1);
  });
});
