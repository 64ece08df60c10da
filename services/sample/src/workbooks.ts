import writeExcelFile, { type Row } from 'write-excel-file/node';
import { type Enterprise } from './enterprises.ts';
import { fullWidth, grouped, writtenDate, writtenDivision, writtenText } from './handwriting.ts';
import { type Member } from './members.ts';
import { withoutTimes } from './same-bytes.ts';

const bold = (value: string) => ({ value, fontWeight: 'bold' as const });

/** A real date cell, except where somebody typed text. */
function dateCell(date: string, row: number) {
  const written = writtenDate(date, row);
  return written === date ? { value: new Date(date), type: Date, format: 'yyyy-mm-dd' } : written;
}

function numberCell(value: number, row: number) {
  if (row % 21 === 4) return grouped(value);
  return row % 33 === 6 ? fullWidth(String(value)) : value;
}

const workbook = async (sheet: string, rows: Row[], widths: number[]) =>
  withoutTimes(await writeExcelFile(rows, { sheet, columns: widths.map(width => ({ width })) }).toBuffer());

const enterpriseColumns = [
  '序号',
  '统一社会信用代码',
  '企业名称',
  '属地',
  '行业',
  '是否重点',
  '登记日期',
  '职工人数',
  '年产值(万元)',
].concat(['党组织形式', '党支部名称', '党员人数', '地址', '统计期']);
const branchKinds = { SOLO: '单独', JOINT: '联合', NONE: '无' } as const;

const enterpriseRow = (enterprise: Enterprise, row: number): Row => [
  row + 1,
  enterprise.creditCode,
  writtenText(enterprise.legalName, row),
  writtenDivision(enterprise.division, row),
  enterprise.industry.name,
  '是',
  dateCell(enterprise.registeredOn, row),
  numberCell(enterprise.employees, row),
  numberCell(enterprise.outputValue, row + 2),
  branchKinds[enterprise.branchKind],
  enterprise.branchName ?? null,
  enterprise.reportedMembers,
  enterprise.address,
  enterprise.period,
];

export const enterpriseWorkbook = (enterprises: readonly Enterprise[]): Promise<Buffer> =>
  workbook(
    '企业台账',
    [
      [{ ...bold('长春市重点互联网企业台账（2022年）'), align: 'center', columnSpan: enterpriseColumns.length }],
      enterpriseColumns.map(bold),
      ...enterprises.map(enterpriseRow),
    ],
    [6, 22, 32, 26, 22, 10, 12, 10, 14, 12, 40, 10, 40, 8],
  );

const memberColumns = [
  '姓名',
  '联系电话',
  '性别',
  '出生年份',
  '所在企业信用代码',
  '所在党支部',
  '党员类别',
  '入党日期',
  '职务',
  '党内职务',
];

const memberRow = (member: Member, row: number): Row => [
  writtenText(member.name, row),
  row % 37 === 2 ? fullWidth(member.phone) : row % 5 === 0 ? Number(member.phone) : member.phone,
  member.gender === 'MALE' ? '男' : '女',
  row % 33 === 6 ? fullWidth(String(member.birthYear)) : member.birthYear,
  member.creditCode,
  writtenText(member.branchName, row + 7),
  member.status === 'FULL' ? '正式' : '预备',
  dateCell(member.joinedOn, row),
  member.jobTitle,
  member.post ?? null,
];

export const memberWorkbook = (members: readonly Member[]): Promise<Buffer> =>
  workbook('党员名册', [memberColumns.map(bold), ...members.map(memberRow)], [10, 14, 6, 10, 22, 40, 10, 12, 16, 12]);
