import { contains, isDivisionCode, type Viewer } from '../viewer.ts';
import { CellProblem } from './cell.ts';
import type { LedgerRow } from './ledger.ts';

interface Known {
  code: string;
  name: string;
}

const shorten = (name: string) => (name.length > 2 ? name.replace(/(自治县|自治州|新区|区|县|市|盟|旗|省)$/, '') : name);

/** Finds what a person calls a division within the caller's slice: its code, its full name, or its name without 区, 县 or 市. */
export function divisionLookup(viewer: Viewer, known: Known[]): (text: string) => string {
  const codes = new Set(known.map(({ code }) => code));
  const byName = new Map<string, string[]>();
  for (const { code, name } of known) {
    for (const form of new Set([name, shorten(name)])) byName.set(form, [...(byName.get(form) ?? []), code]);
  }
  return text => {
    if (isDivisionCode(text)) {
      if (!contains(viewer.division, text))
        throw new CellProblem(
          'OUTSIDE_SLICE',
          `The division ${text} is outside your slice ${viewer.division}.`,
          '该行应由其所属区县导入 / its own committee imports it',
        );
      if (!codes.has(text))
        throw new CellProblem('UNKNOWN_DIVISION', `There is no division ${text}.`, '核对区划代码 / check the code');
      return text;
    }
    const found = byName.get(text) ?? byName.get(shorten(text)) ?? [];
    if (found.length === 1) return found[0]!;
    if (found.length > 1)
      throw new CellProblem('AMBIGUOUS_DIVISION', `${text} may be ${found.join(' or ')}.`, '改填区划代码 / write the code');
    throw new CellProblem(
      'UNKNOWN_DIVISION',
      `There is no division "${text}" in your slice ${viewer.division}.`,
      '填区划代码或规范名称 / a code or the official name',
    );
  };
}

/** Replaces the division as written by its code in each row, or refuses the row. */
export function locateRows(rows: LedgerRow<{ division: string }>[], header: string, lookup: (text: string) => string): void {
  for (const row of rows) {
    const written = row.values.division;
    try {
      row.values.division = lookup(written);
    } catch (problem) {
      if (!(problem instanceof CellProblem)) throw problem;
      row.refuseCell(header, written, problem);
    }
  }
}
