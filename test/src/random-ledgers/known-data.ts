import { aCreditCode } from '@hub/organisations/factories';

/** A cell as it is known: what it is decides in which forms it may be written. */
export interface Cell {
  kind: 'text' | 'code' | 'date' | 'time' | 'count' | 'money' | 'words' | 'empty';
  /** As the API would say it; of words all that mean the same. */
  value: string | number | string[];
}
export interface KnownLedger {
  name: string;
  /** Chinese and English header of each column; money has a unit behind the Chinese one. */
  columns: { chinese: string; english: string; isMoney?: boolean }[];
  rows: Cell[][];
}

const text = (value: string): Cell => ({ kind: 'text', value });
const code = (value: string): Cell => ({ kind: 'code', value });
const date = (value: string): Cell => ({ kind: 'date', value });
const count = (value: number): Cell => ({ kind: 'count', value });
const money = (value: number): Cell => ({ kind: 'money', value });
const words = (...value: string[]): Cell => ({ kind: 'words', value });
const none: Cell = { kind: 'empty', value: '' };

type Pick = <T>(...from: T[]) => T;

/** A county's year: enterprises with figures and branches, members, gifts, content and classes, and what the hub's figures have to be. */
export function knownYear(pick: Pick, number: (least: number, most: number) => number, division: string, program: string) {
  const enterprises = Array.from({ length: 12 }, (_, i) => ({
    creditCode: aCreditCode(),
    name: `长春${division}第${i}网络（集团）有限公司`,
    employees: number(1, 900),
    output: number(1, 5_000) * 10_000,
    branch: i < 4 ? `第${i}支部（单独）` : i < 8 ? `联合支部（${i % 2}）` : undefined,
    kind: i < 4 ? 'SOLO' : 'JOINT',
  }));
  const members = enterprises
    .filter(({ branch }) => branch)
    .flatMap((enterprise, i) =>
      [0, 1, 2].map(j => ({
        enterprise,
        name: `${pick('赵', '钱', '孙', '李')}${pick('一', '明', '华')}${pick('宁', '强', '')}`,
        phone: `13${division}${String(i * 10 + j).padStart(3, '0')}`,
      })),
    );
  const gifts = enterprises.flatMap((enterprise, i) =>
    [0, 1].map(j => ({
      enterprise,
      amount: number(1, 400) * 1_000,
      day: `2022-0${1 + (i % 9)}-1${j}`,
      isGoods: j === 1 && i % 3 === 0,
    })),
  );
  const items = enterprises
    .slice(0, 6)
    .map((enterprise, i) => ({ enterprise, title: `正能量（${i}）`, reads: number(0, 90_000) }));
  const classes = Array.from({ length: 9 }, (_, i) => ({
    day: `2023-03-${10 + i}`,
    hour: pick('09:30', '14:00'),
    seniors: number(1, 60),
  }));
  const ledgers: KnownLedger[] = [
    {
      name: 'organisations',
      columns: [
        { chinese: '统一社会信用代码', english: 'creditCode' },
        { chinese: '企业名称', english: 'legalName' },
        { chinese: '属地', english: 'division' },
        { chinese: '职工人数', english: 'employees' },
        { chinese: '年产值', english: 'outputValue', isMoney: true },
        { chinese: '统计期', english: 'period' },
        { chinese: '党组织形式', english: 'branchKind' },
        { chinese: '党支部名称', english: 'branchName' },
      ],
      rows: enterprises.map(({ creditCode, name, employees, output, branch, kind }) => [
        code(creditCode),
        text(name),
        text(division),
        count(employees),
        money(output),
        words('2022', '2022年', '2022年度'),
        branch ? (kind === 'SOLO' ? words('单独', 'SOLO', 'solo') : words('联合', 'JOINT')) : words('无', 'NONE'),
        branch ? text(branch) : none,
      ]),
    },
    {
      name: 'members',
      columns: [
        { chinese: '姓名', english: 'name' },
        { chinese: '联系电话', english: 'phone' },
        { chinese: '所在企业信用代码', english: 'creditCode' },
        { chinese: '所在党支部', english: 'branchName' },
        { chinese: '党员类别', english: 'status' },
        { chinese: '入党日期', english: 'joinedOn' },
      ],
      rows: members.map(({ enterprise, name, phone }, i) => [
        text(name),
        code(phone),
        code(enterprise.creditCode),
        text(enterprise.branch!),
        i % 5 === 0 ? words('预备', '预备党员', 'PROBATIONARY') : words('正式', '正式党员', 'FULL'),
        date('2015-07-01'),
      ]),
    },
    {
      name: 'donations',
      columns: [
        { chinese: '捐赠企业信用代码', english: 'creditCode' },
        { chinese: '捐赠日期', english: 'donatedOn' },
        { chinese: '类别', english: 'kind' },
        { chinese: '物资名称', english: 'item' },
        { chinese: '数量', english: 'quantity' },
        { chinese: '金额', english: 'amount', isMoney: true },
        { chinese: '受赠方', english: 'recipient' },
      ],
      rows: gifts.map(({ enterprise, amount, day, isGoods }) => [
        code(enterprise.creditCode),
        date(day),
        isGoods ? words('物资', 'GOODS') : words('资金', 'MONEY'),
        isGoods ? text('口罩（一次性）') : none,
        isGoods ? count(amount / 2) : none,
        money(amount),
        text('长春市慈善会'),
      ]),
    },
    {
      name: 'content',
      columns: [
        { chinese: '标题', english: 'title' },
        { chinese: '类型', english: 'kind' },
        { chinese: '平台', english: 'platform' },
        { chinese: '账号', english: 'account' },
        { chinese: '发布单位信用代码', english: 'creditCode' },
        { chinese: '发布日期', english: 'publishedOn' },
        { chinese: '阅读量', english: 'reads' },
        { chinese: '观测日期', english: 'observedOn' },
      ],
      rows: items.map(({ enterprise, title, reads }) => [
        text(title),
        words('文章', 'ARTICLE'),
        text('微信'),
        text(enterprise.name),
        code(enterprise.creditCode),
        date('2022-11-02'),
        count(reads),
        date('2022-12-31'),
      ]),
    },
    {
      name: 'sessions',
      columns: [
        { chinese: '项目名称', english: 'program' },
        { chinese: '日期', english: 'date' },
        { chinese: '时间', english: 'time' },
        { chinese: '社区/地点', english: 'venue' },
        { chinese: '属地', english: 'division' },
        { chinese: '参加人数', english: 'seniors' },
      ],
      rows: classes.map(({ day, hour, seniors }) => [
        text(program),
        date(day),
        { kind: 'time', value: hour },
        text('南湖（东）社区'),
        text(division),
        count(seniors),
      ]),
    },
  ];
  const sum = <T>(rows: T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0);
  const figures = {
    organisationFigures: {
      organisations: 12,
      employees: sum(enterprises, ({ employees }) => employees),
      outputValue: sum(enterprises, ({ output }) => output),
      soloBranches: 4,
      jointBranches: 2,
    },
    peopleFigures: {
      people: members.length,
      members: members.length,
      probationaryMembers: members.filter((_, i) => i % 5 === 0).length,
    },
    campaignFigures: { articles: items.length, reads: sum(items, ({ reads }) => reads) },
    programFigures: {
      sessionsHeld: classes.length,
      seniors: sum(classes, ({ seniors }) => seniors),
      donatedTotal: sum(gifts, ({ amount }) => amount),
    },
  };
  return { ledgers, figures };
}
