import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { text } from '@hub/kit/imports/cell';
import { wrong } from '@hub/kit/imports/cell-problem';
import { groupBy } from '@hub/kit/imports/chunks';
import { code } from '@hub/kit/imports/code';
import { date } from '@hub/kit/imports/date';
import { divisionLookup, locateRows } from '@hub/kit/imports/division-lookup';
import type { Ledger, LedgerRow } from '@hub/kit/imports/ledger';
import { decimal, integer } from '@hub/kit/imports/number';
import type { Parse } from '@hub/kit/imports/parse';
import { oneOf, yesNo } from '@hub/kit/imports/words';
import { ancestors, interval } from '@hub/kit/viewer';
import { BranchKind } from '../branch/branch.ts';
import { periodEnd, periodFault } from '../figure/period.ts';
import { readPeriod } from '../figure/read-period.ts';
import { creditCodeFault } from '../organisation/credit-code.ts';
import { applyBranches } from './apply-branches.ts';
import { applyFigures } from './apply-figures.ts';
import { applyOrganisations } from './apply-organisations.ts';
import { figureColumns } from './figure-columns.ts';
import { organisationsExplained } from './organisations-explained.ts';
import { keepVerified } from './verified-figures.ts';

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

const creditCode: Parse<string> = (value, scale) => {
  const typed = code(value, scale);
  const fault = creditCodeFault(typed);
  if (fault) throw wrong(fault, { value: typed });
  return typed;
};

const period: Parse<string> = value => {
  const read = readPeriod(value);
  if (!read.code) throw wrong('NOT_A_PERIOD', { value }, read.hint);
  const fault = periodFault(read.code);
  if (fault) throw wrong(fault, { value, end: periodEnd(read.code) });
  return read.code;
};

async function check(context: Context, rows: Line[]): Promise<void> {
  const { em, viewer } = context;
  const { from, to } = interval(viewer.division);
  const known = await em.execute<{ code: string; name: string }[]>(
    'select code, name from division where code >= ? and code < ? or code in (select jsonb_array_elements_text(?::jsonb))',
    [from, to, JSON.stringify(ancestors(viewer.division))],
  );
  const { columns } = organisationsLedger;
  locateRows(rows, columns.division.header, divisionLookup(viewer, known));
  for (const row of rows) {
    const { branchKind, branchName, employees, outputValue, reportedMembers, period: of } = row.values;
    if (branchKind && !branchName)
      row.refuseCell(columns.branchName.header, '', wrong('VALUE_MISSING', { column: columns.branchName.header }, 'branch'));
    if (!of && [employees, outputValue, reportedMembers].some(figure => figure !== undefined))
      row.refuseCell(columns.period.header, '', wrong('VALUE_MISSING', { column: columns.period.header }, 'figures'));
  }
  await keepVerified(
    context,
    rows.filter(({ isGood }) => isGood),
  );
  const joint = rows.filter(({ isGood, values }) => isGood && values.branchKind === BranchKind.JOINT);
  const standing = await em.execute<{ key: string }[]>(
    `select distinct division_code || '/' || name_key as key from branch where kind = 'JOINT' and dissolved_on is null and name_key in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(joint.map(({ values }) => compareKey(values.branchName!)))],
  );
  const exists = new Set(standing.map(({ key }) => key));
  for (const [key, group] of groupBy(joint, ({ values }) => `${values.division}/${compareKey(values.branchName!)}`)) {
    if (group.length > 1 || exists.has(key)) continue;
    const { branchName = '' } = group[0]!.values;
    group[0]!.refuseCell(columns.branchName.header, branchName, wrong('JOINT_NEEDS_TWO', { value: branchName }));
  }
}

/** 企业台账: one row is an enterprise with its figures of a period and its branch. */
export const organisationsLedger: Ledger<OrganisationLine> = {
  name: 'organisations',
  title: '企业台账',
  explained: organisationsExplained,
  columns: {
    creditCode: { header: '统一社会信用代码', required: true, parse: creditCode },
    legalName: { header: '企业名称', required: true, parse: text(200) },
    division: { header: '属地', required: true, parse: text(100) },
    industry: { header: '行业', parse: text(100) },
    isKey: { header: '是否重点', parse: yesNo },
    registeredOn: { header: '登记日期', parse: date },
    employees: { header: figureColumns.employees.header, unit: '人', parse: integer() },
    outputValue: { header: figureColumns.outputValue.header, unit: '万元', parse: decimal() },
    branchKind: {
      header: '党组织形式',
      parse: oneOf({
        单独: BranchKind.SOLO,
        联合: BranchKind.JOINT,
        无: null,
        否: null,
        未建: null,
        SOLO: BranchKind.SOLO,
        JOINT: BranchKind.JOINT,
        NONE: null,
      }),
    },
    branchName: { header: '党支部名称', none: true, parse: text(200) },
    reportedMembers: { header: figureColumns.reportedMembers.header, unit: '人', parse: integer() },
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
