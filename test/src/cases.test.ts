import { readFile } from 'node:fs/promises';
import { anOrganisation } from '@hub/organisations/factories';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { csv, type Posted, postLedger } from './post-ledger.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { allScopes, city as wholeCity } from './test-tokens.ts';

// Files that came out wrong once, each for its kind; sent as they are, to a hub in China's time.
const city = { ...wholeCity, scopes: [...allScopes, 'people:personal'] };
const enterprise = '91220102MA0009501Y';
const prefixes: Record<string, string> = {
  organisations: 'Organisation',
  members: 'People',
  donations: 'Program',
  sessions: 'Program',
};

let hub: TestHub;
let zone: string | undefined;
const applied: [ledger: string, id: string][] = [];
const file = (name: string) => readFile(new URL(`../cases/${name}`, import.meta.url)).then(bytes => new Uint8Array(bytes));

async function post(ledger: string, content: string | Uint8Array<ArrayBuffer>): Promise<Posted> {
  const sent = await postLedger(hub, city, ledger, content);
  if (sent.batch?.state === 'APPLIED') applied.push([ledger, sent.batch.id]);
  return sent;
}
const send = async (ledger: string, name: string) => post(ledger, await file(name));
/** What is on file already where the case begins: the enterprise, with a branch of its own. */
const standing = (code = enterprise) =>
  post(
    'organisations',
    csv(['统一社会信用代码', '企业名称', '属地', '党组织形式', '党支部名称'], [code, '甲公司', '南关区', '单独', '支部甲']),
  );
const problems = ({ batch }: Posted) =>
  batch.problems.map(({ row, code, column }: Record<string, unknown>) => [row, code, column]);

const organisation = async (code = enterprise) =>
  (
    await hub.get(
      city,
      `query ($c: String!) { organisation(creditCode: $c) { legalName address registeredOn employees outputValue division { code } figures { nodes { indicator period value } } donationTotal } }`,
      { c: code },
    )
  ).organisation;
const people = async () =>
  (
    await hub.get(
      city,
      `{ people(first: 50) { nodes { name phone jobTitle memberships { nodes { status joinedOn } } posts { nodes { title kind } } } } }`,
    )
  ).people.nodes;
const sessions = async () =>
  (await hub.get(city, `{ sessions(first: 50) { nodes { startsAt venue seniors program { name } } } }`)).sessions.nodes;

beforeAll(async () => {
  zone = process.env.TZ;
  process.env.TZ = 'Asia/Shanghai';
  hub = await testHub({ sample: false, together: true });
  const lead = anOrganisation({ divisionCode: '220102' });
  const { createOrganisation } = await hub.get(
    city,
    `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`,
    { input: lead },
  );
  for (const name of ['我来教您用手机', '我来教您用手机（第二期）：扫码！'])
    await hub.get(city, `mutation ($input: CreateProgram!) { createProgram(input: $input) { id } }`, {
      input: { name, startsOn: '2022-09-01', leadOrganisationId: createOrganisation.id },
    });
}, 120_000);
afterAll(async () => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  await hub?.stop();
});
afterEach(async () => {
  for (const [ledger, id] of applied.splice(0).reverse())
    await hub.get(city, `mutation ($input: RevertImport!) { revert${prefixes[ledger]}Import(input: $input) { state } }`, {
      input: { id, reason: '下一个用例', withDependants: true },
    });
});

describe('units', () => {
  it('of a header count: 12.5 under 金额(万) is 125,000 yuan', async () => {
    await standing();
    expect((await send('donations', 'donations-unit-wan.csv')).batch.counts.created).toBe(1);
    expect((await organisation()).donationTotal).toBe(125_000);
  });

  it('of a header count: 3.5 under 年产值(亿) is 350,000,000 yuan', async () => {
    expect((await send('organisations', 'organisations-unit-yi.csv')).batch.counts.created).toBe(1);
    expect((await organisation()).outputValue).toBe(350_000_000);
  });

  it('that a number format shows under a header with a unit of its own are never multiplied', async () => {
    const sent = await send('organisations', 'xlsx-display-format-wan.xlsx');
    const value = (await organisation('91220102MA0009001J'))?.outputValue;
    expect([sent.batch.state === 'APPLIED' ? value : sent.batch.problems[0].column]).toEqual([
      sent.batch.state === 'APPLIED' ? 35_000 : '年产值',
    ]);
  });
});

describe('people', () => {
  it('are not renamed by the telephone of their office', async () => {
    await standing();
    await send('members', 'members-landline-january.csv');
    const second = await send('members', 'members-landline-february.csv');
    expect([second.batch.state, second.batch.counts.updated]).toEqual(['APPLIED', 0]);
    const [first, other, ...more] = (await people()).toSorted((a: any, b: any) => b.name.localeCompare(a.name, 'zh'));
    expect(first).toMatchObject({
      name: '赵一',
      jobTitle: '经理',
      memberships: { nodes: [{ status: 'FULL', joinedOn: '2001-07-01' }] },
      posts: { nodes: [{ kind: 'SECRETARY' }] },
    });
    expect([other.name, other.posts.nodes, more]).toEqual(['钱二', [], []]);
  });

  it('with a new telephone are not counted twice: the likely match is shown', async () => {
    await standing();
    await send('members', 'members-new-phone-1.csv');
    const second = await send('members', 'members-new-phone-2.csv');
    expect([second.batch.state, second.batch.counts.conflict]).toEqual(['FAILED', 1]);
    expect(second.batch.problems[0].code).toBe('LIKELY_PERSON');
    expect(second.batch.problems[0].candidates).toMatchObject([
      { text: '韩*，138****0301，甲公司，正式党员', differs: ['联系电话'] },
    ]);
    expect(await people()).toHaveLength(1);
  });

  it('whose names are padded are the same', async () => {
    await standing();
    await send('members', 'members-padded-name.csv');
    expect((await send('members', 'members-padded-name-2.csv')).batch.counts).toMatchObject({ unchanged: 1, created: 0 });
    expect(await people()).toMatchObject([{ name: '张 三' }]);
  });

  it('of one name are not taken for one another', async () => {
    await standing();
    expect((await send('members', 'members-two-same-names-1.csv')).batch.counts.created).toBe(2);
    const second = await send('members', 'members-two-same-names-2.csv');
    expect([second.batch.counts.conflict, second.batch.problems[0].candidates.length]).toEqual([1, 2]);
    expect((await people()).map(({ jobTitle }: { jobTitle: string }) => jobTitle).sort()).toEqual(['员工', '经理']);
  });

  it('have no post where the cell says 无, and an assistant is no secretary', async () => {
    await standing();
    expect((await send('members', 'members-post-none-and-assistant.csv')).batch.state).toBe('APPLIED');
    const posts = new Map((await people()).map(({ name, posts: its }: any) => [name, its.nodes]));
    expect(posts.get('韩梅')).toEqual([]);
    expect(posts.get('李雷')).toMatchObject([{ title: '书记助理', kind: 'OTHER' }]);
  });

  it('are never called 同上', async () => {
    await standing();
    const sent = await send('members', 'members-ditto.csv');
    expect([sent.batch.state, sent.batch.problems[0].row, sent.batch.problems[0].code]).toEqual(['FAILED', 3, 'DITTO_MARK']);
    expect(sent.batch.problems[0].suggestion).toMatch(/[一-龥].*[a-z]/s);
  });

  it('are read without the signs that nobody sees', async () => {
    await standing();
    expect((await send('members', 'members-invisible.csv')).batch.state).toBe('APPLIED');
    expect(await people()).toMatchObject([{ name: '陈三', phone: '13800000022' }]);
  });
});

describe('codes that a spreadsheet damaged', () => {
  it('are told in the members ledger', async () => {
    expect(problems(await send('members', 'members-code-damaged.xlsx'))).toEqual([
      [2, 'CODE_DAMAGED_BY_SPREADSHEET', '所在企业信用代码'],
    ]);
  });

  it('are told although their check digit fits by chance', async () => {
    expect(problems(await send('organisations', 'credit-code-damaged-check-passes.xlsx'))).toEqual([
      [2, 'CODE_DAMAGED_BY_SPREADSHEET', '统一社会信用代码'],
    ]);
  });
});

describe('periods and dates', () => {
  const period = async () => (await organisation())?.figures.nodes[0]?.period;

  it('that come as the number of a day are a month, or refused', async () => {
    const sent = await send('organisations', 'organisations-period-serial.csv');
    expect(sent.batch.state === 'APPLIED' ? await period() : problems(sent)).toEqual(
      sent.batch.state === 'APPLIED' ? '2023-03' : [[2, 'NOT_A_PERIOD', '统计期']],
    );
  });

  it('that are shown as a month are that month', async () => {
    await send('organisations', 'organisations-period-date-cell.xlsx');
    expect(await period()).toBe('2023-03');
  });

  it.each(['date1904-true.xlsx', 'iso-date-with-time-shanghai.xlsx'])('of %s are the day that is shown', async name => {
    expect((await send('organisations', name)).batch.state).toBe('APPLIED');
    expect((await organisation()).registeredOn).toBe('2023-02-17');
  });

  it('of an hour alone are that hour', async () => {
    expect((await send('sessions', 'iso-time-only.xlsx')).batch.state).toBe('APPLIED');
    expect(await sessions()).toMatchObject([{ startsAt: '2023-02-17T06:30:00.000Z', seniors: 12 }]);
  });
});

describe('cells', () => {
  it('with a formula but no value are refused, with what to do', async () => {
    const sent = await send('organisations', 'formula-without-value.xlsx');
    expect(problems(sent)).toEqual([
      [2, 'SPREADSHEET_ERROR', '职工人数'],
      [2, 'SPREADSHEET_ERROR', '年产值'],
    ]);
    expect(sent.batch.problems[0].suggestion).toMatch(/保存.*save/s);
  });

  it('in CDATA and around comments are read', async () => {
    expect((await send('organisations', 'cdata.xlsx')).batch.state).toBe('APPLIED');
    expect(await organisation()).toMatchObject({ legalName: 'AB&CD公司', address: '人民大街2号' });
  });

  it('without references are read by their position', async () => {
    expect((await send('organisations', 'cells-without-r.xlsx')).batch.state).toBe('APPLIED');
    expect(await organisation()).toMatchObject({ legalName: '甲公司', employees: 5, registeredOn: '2023-02-17' });
  });

  it('with U+0000 are read without it, or refused with their place', async () => {
    const sent = await send('organisations', 'nul-escape.xlsx');
    if (sent.batch?.state === 'APPLIED') expect((await organisation()).legalName).toBe('甲公司');
    else
      expect([sent.error?.row ?? sent.batch.problems[0].row, sent.error?.column ?? sent.batch.problems[0].column]).toEqual([
        2,
        'B',
      ]);
  });

  it('that are no numbers are none', async () => {
    const sent = await send('organisations', 'numbers.csv');
    expect(problems(sent).filter(([, code]: string[]) => code === 'NOT_A_NUMBER')).toEqual([
      [2, 'NOT_A_NUMBER', '职工人数'],
      [2, 'NOT_A_NUMBER', '年产值'],
      [3, 'NOT_A_NUMBER', '职工人数'],
      [3, 'NOT_A_NUMBER', '年产值'],
    ]);
  });

  it('beyond the header are not dropped in silence', async () => {
    const sent = await send('organisations', 'extra-cell.csv');
    expect([sent.batch.state, problems(sent)[0]?.slice(0, 2)]).toEqual(['FAILED', [2, 'EXTRA_CELL']]);
  });
});

describe('files', () => {
  it('with mixed line ends have all their rows', async () => {
    await standing('91220102MA00092249');
    expect((await send('donations', 'csv-mixed-line-ends-donations.csv')).batch.counts.created).toBe(6);
    expect((await organisation('91220102MA00092249')).donationTotal).toBe(2_100);
  });

  it('that end with a Ctrl-Z are read', async () => {
    expect((await send('organisations', 'ctrl-z.csv')).batch.state).toBe('APPLIED');
    expect(await organisation()).toMatchObject({ legalName: '甲公司', address: 'x' });
  });

  it('with one wrong byte name its line', async () => {
    const { status, error } = await send('organisations', 'utf8-one-bad-byte.csv');
    expect([status, error?.code, error?.row]).toEqual([400, 'INVALID_INPUT', 2]);
    expect(error?.message).toMatch(/字节.*byte/s);
  });
});

describe('names', () => {
  it.each(['长春市南关区', '吉林省长春市南关区', '220102000000'])('of a division in full are known: %s', async written => {
    const text = new TextDecoder().decode(await file('division-full-name.csv')).replace('长春市南关区', written);
    expect((await post('organisations', text)).batch.state).toBe('APPLIED');
    expect((await organisation()).division.code).toBe('220102');
  });

  it('of a program are found as they were registered', async () => {
    expect((await send('sessions', 'sessions-full-width-program.csv')).batch.state).toBe('APPLIED');
    expect(await sessions()).toMatchObject([{ program: { name: '我来教您用手机（第二期）：扫码！' }, seniors: 12 }]);
  });
});

describe('what was sent before with one thing changed', () => {
  it('is named, not counted twice: a purpose', async () => {
    await standing();
    await send('donations', 'donations-purpose-later-1.csv');
    expect(problems(await send('donations', 'donations-purpose-later-2.csv'))).toEqual([[2, 'POSSIBLE_DUPLICATE', '用途']]);
    expect((await organisation()).donationTotal).toBe(100);
  });

  it('is named, not counted twice: an hour', async () => {
    await send('sessions', 'sessions-time-1.csv');
    expect(problems(await send('sessions', 'sessions-time-2.csv'))).toEqual([[2, 'POSSIBLE_DUPLICATE', '时间']]);
    expect(await sessions()).toHaveLength(1);
  });
});

describe('a body', () => {
  it('in GBK is refused', async () => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await hub.token(city)}`, 'content-type': 'application/json' },
      body: await file('createOrganisation-gbk.json'),
    });
    expect([response.status, ((await response.json()) as any).errors[0].message]).toEqual([
      400,
      expect.stringContaining('UTF-8'),
    ]);
  });
});
