import type { Context } from '@hub/kit/context';
import { CellProblem, date, decimal, integer, oneOf, type Parse, text, yesNo } from '@hub/kit/imports/cell';
import { groupBy } from '@hub/kit/imports/chunks';
import { divisionLookup, locateRows } from '@hub/kit/imports/division-lookup';
import type { Ledger, LedgerRow } from '@hub/kit/imports/ledger';
import { interval } from '@hub/kit/viewer';
import { BranchKind } from '../branch/branch.ts';
import { creditCodeAdvice, creditCodeFault } from '../organisation/credit-code.ts';
import { applyBranches } from './apply-branches.ts';
import { applyFigures } from './apply-figures.ts';
import { applyOrganisations } from './apply-organisations.ts';

export interface OrganisationLine {
  creditCode: string;
  legalName: string;
  division: string;
  industry?: string;
  isKey?: boolean;
  registeredOn?: string;
  employees?: number;
  outputValue?: number;
  branchKind?: BranchKind | null;
  branchName?: string;
  reportedMembers?: number;
  address?: string;
  period?: string;
}
export type Line = LedgerRow<OrganisationLine>;

const creditCode: Parse<string> = value => {
  const code = value.replace(/\s/g, '').toUpperCase();
  const fault = creditCodeFault(code);
  if (fault) throw new CellProblem(fault, `"${value}" is no valid credit code.`, creditCodeAdvice[fault]);
  return code;
};

/** `2022`, `2022年`, `2022年1季度`, `2022-Q1`, `2022年3月`, `2022-03`, as a period. */
const period: Parse<string> = value => {
  const [, year, quarter, month] =
    /^(\d{4})年?(?:[-第]?\s*(?:Q([1-4])|([01]?\d)月?))?(?:份|度)?$/i.exec(
      value.replace(/[一二三四]季度?/, q => `Q${'一二三四'.indexOf(q[0]!) + 1}`).replace(/([1-4])季度?/, 'Q$1'),
    ) ?? [];
  if (!year || (month && (Number(month) < 1 || Number(month) > 12)))
    throw new CellProblem('NOT_A_PERIOD', `"${value}" is no period.`, '如 2022、2022-Q1、2022-03');
  if (quarter) return `${year}-Q${quarter}`;
  return month ? `${year}-${month.padStart(2, '0')}` : year;
};

async function check({ em, viewer }: Context, rows: Line[]): Promise<void> {
  const { from, to } = interval(viewer.division);
  const known = await em.execute<{ code: string; name: string }[]>(
    'select code, name from division where code >= ? and code < ?',
    [from, to],
  );
  locateRows(rows, organisationsLedger.columns.division.header, divisionLookup(viewer, known));
  for (const row of rows) {
    const { branchKind, branchName, employees, outputValue, reportedMembers, period: of } = row.values;
    if (branchKind && !branchName)
      row.refuse({
        code: 'VALUE_MISSING',
        column: '党支部名称',
        message: 'A branch needs its name.',
        suggestion: '填写党支部名称 / fill in branchName',
      });
    if (!of && [employees, outputValue, reportedMembers].some(figure => figure !== undefined))
      row.refuse({
        code: 'VALUE_MISSING',
        column: '统计期',
        message: 'Figures need their period.',
        suggestion: '填写统计期，如 2022 / fill in period',
      });
  }
  const joint = rows.filter(({ isGood, values }) => isGood && values.branchKind === BranchKind.JOINT);
  const standing = await em.execute<{ key: string }[]>(
    `select distinct division_code || '/' || name as key from branch where kind = 'JOINT' and dissolved_on is null and name in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(joint.map(({ values }) => values.branchName))],
  );
  const exists = new Set(standing.map(({ key }) => key));
  for (const [key, group] of groupBy(joint, ({ values }) => `${values.division}/${values.branchName}`)) {
    if (group.length > 1 || exists.has(key)) continue;
    group[0]!.refuse({
      code: 'JOINT_NEEDS_TWO',
      column: '党支部名称',
      value: group[0]!.values.branchName,
      message: 'A joint branch needs two organisations of one division.',
      suggestion: '核对支部名称或改为单独 / check the name, or make it single',
    });
  }
}

/** 企业台账: one row is an enterprise with its figures of a period and its branch. */
export const organisationsLedger: Ledger<OrganisationLine> = {
  name: 'organisations',
  columns: {
    creditCode: { header: '统一社会信用代码', required: true, parse: creditCode },
    legalName: { header: '企业名称', required: true, parse: text(200) },
    division: { header: '属地', required: true, parse: text(100) },
    industry: { header: '行业', parse: text(100) },
    isKey: { header: '是否重点', parse: yesNo },
    registeredOn: { header: '登记日期', parse: date },
    employees: { header: '职工人数', parse: integer() },
    outputValue: { header: '年产值', unit: '万元', parse: decimal() },
    branchKind: {
      header: '党组织形式',
      parse: oneOf({
        单独: BranchKind.SOLO,
        联合: BranchKind.JOINT,
        无: null,
        SOLO: BranchKind.SOLO,
        JOINT: BranchKind.JOINT,
        NONE: null,
      }),
    },
    branchName: { header: '党支部名称', parse: text(200) },
    reportedMembers: { header: '党员人数', parse: integer() },
    address: { header: '地址', parse: text(300) },
    period: { header: '统计期', parse: period },
  },
  key: ({ creditCode }) => creditCode,
  check,
  async apply(context, rows: Line[], { isTrial }) {
    const ids = await applyOrganisations(context, rows, isTrial);
    const known = rows.filter(row => ids.has(row.values.creditCode));
    const touched = new Set([...(await applyFigures(context, known, ids)), ...(await applyBranches(context, known, ids))]);
    for (const row of known) if (touched.has(ids.get(row.values.creditCode)!)) markUpdated(row);
  },
};

function markUpdated(row: Line) {
  if (row.outcome === 'UNCHANGED') row.outcome = 'UPDATED' as Line['outcome'];
}
