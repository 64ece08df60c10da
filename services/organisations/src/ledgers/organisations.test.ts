import { importSheet, type SheetOptions } from '@hub/test/import-sheet';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCreditCode, anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

const header = [
  '统一社会信用代码',
  '企业名称',
  '属地',
  '是否重点',
  '登记日期',
  '职工人数',
  '年产值(万元)',
  '党组织形式',
  '党支部名称',
  '统计期',
];
const line = (overrides: Record<string, string> = {}) => {
  const values: Record<string, string> = {
    统一社会信用代码: aCreditCode(),
    企业名称: '长春台账科技有限公司',
    属地: '南关区',
    ...overrides,
  };
  return header.map(title => values[title] ?? '');
};
let service: TestService;
beforeAll(async () => {
  service = await testService(organisations);
});
afterAll(() => service?.stop());
const bring = (rows: string[][], claims: any = city, options: SheetOptions = {}) =>
  importSheet(service, claims, 'Organisation', 'organisations', rows, options);
const problem = async (overrides: Record<string, string>, claims: any = city) =>
  (await bring([header, line(overrides)], claims)).problems[0];
const onFile = async (creditCode: string) =>
  (
    await service.get(
      city,
      `query ($c: String!) { organisation(creditCode: $c) { id legalName isKey registeredOn employees outputValue division { code } branches { name kind } } }`,
      { c: creditCode },
    )
  ).organisation;

describe('the organisations ledger', () => {
  it('reads values as people type them, below a title row, with columns it does not know', async () => {
    const code = aCreditCode();
    const rows = [
      ['长春市互联网企业台账'],
      ['序号', ...header],
      [
        '1',
        ...line({
          统一社会信用代码: ` ${code} `,
          属地: '朝阳',
          是否重点: '是',
          登记日期: '２０１９年2月17日',
          职工人数: '1,２34',
          '年产值(万元)': '5.5',
          统计期: '2022年',
          党组织形式: '单独',
          党支部名称: '台账支部 ',
        }),
      ],
    ];
    const batch = await bring(rows);
    expect(batch).toMatchObject({
      state: 'APPLIED',
      headerRow: 2,
      ignoredColumns: ['序号'],
      counts: { created: 1, error: 0 },
      problems: [],
    });
    expect(await onFile(code)).toMatchObject({
      isKey: true,
      registeredOn: '2019-02-17',
      employees: 1234,
      outputValue: 55_000,
      division: { code: '220104' },
      branches: [{ name: '台账支部', kind: 'SOLO' }],
    });
  });

  it('applied twice changes nothing; a changed file updates what changed', async () => {
    const row = line({ 职工人数: '10', 统计期: '2022' });
    const first = await bring([header, row]);
    expect((await bring([header, row])).id).toBe(first.id);
    const same = await bring([header, row, []]);
    expect(same.counts).toMatchObject({ unchanged: 1, created: 0, updated: 0 });
    const changed = await bring([header, row.map((cell, i) => (i === 5 ? '11' : cell))]);
    expect(changed.counts).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await onFile(row[0]!)).employees).toBe(11);
  });

  it.each([
    ['a code damaged by a spreadsheet', { 统一社会信用代码: '912201020000123000' }, 'CODE_DAMAGED_BY_SPREADSHEET'],
    ['a wrong check character', { 统一社会信用代码: '91350100M000100Y44' }, 'CREDIT_CODE_CHECK'],
    ['an unknown division', { 属地: '火星区' }, 'UNKNOWN_DIVISION'],
    ['text in a number', { 职工人数: '很多', 统计期: '2022' }, 'NOT_A_NUMBER'],
    ['an error of the spreadsheet', { 职工人数: '#REF!' }, 'SPREADSHEET_ERROR'],
    ['a date that does not exist', { 登记日期: '2023.2.30' }, 'NOT_A_DATE'],
    ['a figure without its period', { 职工人数: '5' }, 'VALUE_MISSING'],
    ['a joint branch of one', { 党组织形式: '联合', 党支部名称: '孤单联合支部' }, 'JOINT_NEEDS_TWO'],
    ['a missing name', { 企业名称: '' }, 'VALUE_MISSING'],
  ])('refuses %s with its code, column and a suggestion', async (_name, overrides, code) => {
    const found = await problem(overrides as Record<string, string>);
    expect(found).toMatchObject({ row: 2, outcome: 'ERROR', code });
    expect(found.column).toBeTruthy();
    expect(found.suggestion).toBeTruthy();
  });

  it('refuses a division outside the slice, by code and by name', async () => {
    expect((await problem({ 属地: '220104' }, county('220102'))).code).toBe('OUTSIDE_SLICE');
    expect((await problem({ 属地: '朝阳区' }, county('220102'))).code).toBe('UNKNOWN_DIVISION');
  });

  it('a row with several wrong cells names all of them', async () => {
    const { problems, counts } = await bring([header, line({ 是否重点: '也许', 职工人数: '很多', 登记日期: '不久' })], city);
    expect(problems.map(({ row, code, column }: Record<string, unknown>) => [row, code, column])).toEqual([
      [2, 'UNKNOWN_WORD', '是否重点'],
      [2, 'NOT_A_DATE', '登记日期'],
      [2, 'NOT_A_NUMBER', '职工人数'],
    ]);
    expect(counts).toMatchObject({ error: 1, skipped: 0 });
  });

  it('is whole or nothing; row by row when asked; a dry run changes nothing', async () => {
    const good = line();
    const bad = line({ 属地: '火星区' });
    const failed = await bring([header, good, bad, good]);
    expect(failed).toMatchObject({ state: 'FAILED', counts: { skipped: 1, error: 2, created: 0 } });
    expect(failed.problems[1]).toMatchObject({ row: 4, code: 'DUPLICATE_IN_FILE' });
    expect(await onFile(good[0]!)).toBeNull();
    const tried = await bring([header, good, bad], city, { dryRun: true, rowByRow: true });
    expect(tried).toMatchObject({ state: 'READY', counts: { created: 1, error: 1 } });
    expect(await onFile(good[0]!)).toBeNull();
    const partly = await bring([header, good, bad, []], city, { rowByRow: true });
    expect(partly).toMatchObject({ state: 'APPLIED', counts: { created: 1, error: 1 } });
    expect(await onFile(good[0]!)).not.toBeNull();
  });

  it('answers a credit code of another slice with a neutral conflict, and what to do about it', async () => {
    const row = line({ 属地: '220104' });
    await bring([header, row]);
    const clash = await bring([header, row.map((cell, i) => (i === 2 ? '南关区' : cell))], county('220102'));
    expect(clash).toMatchObject({ state: 'FAILED', counts: { conflict: 1 }, problems: [{ code: 'NOT_YOURS' }] });
    expect(clash.problems[0].suggestion).toMatch(/claimOrganisation.*claimOrganisation/);
    expect(JSON.stringify(clash)).not.toContain('220104');
  });

  it('says of a code that another county has, tried out, what it says of one that nobody has', async () => {
    const theirs = line({ 属地: '220104' });
    await bring([header, theirs]);
    const whole = { 属地: '南关区', 职工人数: '10', 统计期: '2022', 党组织形式: '单独', 党支部名称: '试运行支部' };
    const told = async (creditCode: string) => {
      const { id: _, ...answer } = await bring([header, line({ ...whole, 统一社会信用代码: creditCode })], county('220102'), {
        dryRun: true,
      });
      return answer;
    };
    const elsewhere = await told(theirs[0]!);
    expect(elsewhere).toEqual(await told(aCreditCode()));
    expect(elsewhere).toMatchObject({ state: 'READY', counts: { created: 1, conflict: 0 }, problems: [] });
  });

  it('applied, tells of a few codes that others have, and of many only that they are many', async () => {
    const theirs = Array.from({ length: 21 }, () => line({ 属地: '220104' }));
    await bring([header, ...theirs]);
    const taken = theirs.map(row => row.map((cell, i) => (i === 2 ? '南关区' : cell)));
    const curious = { ...county('220102'), actor: 'curious' };
    expect((await bring([header, ...taken.slice(0, 20)], curious)).counts).toMatchObject({ conflict: 20 });
    await expect(bring([header, ...taken], curious)).rejects.toThrow('More than 20 rows');
  });

  it('and every other change tell a viewer of two hundred taken keys an hour', async () => {
    const guesser = { ...county('220104'), actor: 'guesser' };
    const [creditCode] = line();
    const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;
    const guess = async (viewer: object = guesser) =>
      (await service.ask(viewer as typeof guesser, create, { input: anOrganisation({ divisionCode: '220104', creditCode }) }))
        .errors?.[0]?.extensions;
    expect(await guess()).toBeUndefined();
    for (let i = 0; i < 200; i++) expect(await guess()).toMatchObject({ code: 'CONFLICT' });
    expect(await guess()).toMatchObject({ code: 'LIMIT_EXCEEDED', reason: 'TAKEN_KEYS' });
    expect(await guess({ ...guesser, actor: 'somebody else' })).toMatchObject({ code: 'CONFLICT' });
  });

  it('is refused without a header, without rows, over the limit of rows, and to others than committees', async () => {
    const code = async (rows: string[][], claims: any = city) =>
      bring(rows, claims).then(
        () => 'OK',
        error => JSON.parse(error.message)[0].extensions.reason ?? JSON.parse(error.message)[0].extensions.code,
      );
    expect(
      await code([
        ['甲', '乙'],
        ['1', '2'],
      ]),
    ).toBe('HEADER_NOT_FOUND');
    expect(await code([header])).toBe('FILE_EMPTY');
    expect(await code([header, ...Array.from({ length: 100_001 }, () => ['x'])])).toBe('TOO_MANY_ROWS');
    expect(await code([header, line()], { role: 'REPORTING', division: '220100' })).toBe('FORBIDDEN');
  });
});
