import { compareKey } from '../compare-key.ts';
import { ancestors, contains, isDivisionCode, type Viewer } from '../viewer.ts';
import { CellProblem, wrong } from './cell-problem.ts';
import type { LedgerRow } from './ledger.ts';

interface Known {
  code: string;
  name: string;
}

const shorten = (name: string) =>
  name.length > 2
    ? name.replace(/(?:(?:[满蒙回藏苗壮彝侗瑶]族|朝鲜族|维吾尔)?自治[县州区]|新区|特别行政区|林区|地区|区|县|市|盟|旗|省)$/, '')
    : name;
const squeeze = (text: string) => compareKey(text).replace(/[\s·/\\,、>|-]/g, '');
const forms = (name: string) => new Set([squeeze(name), squeeze(shorten(name))]);

/** The ways to write a division: by its name, behind the names of those above it, each in full or without 区, 县 or 市. */
function written({ code, name }: Known, nameOf: ReadonlyMap<string, string>): Set<string> {
  let all = forms(name);
  for (const above of ancestors(code)) {
    const known = nameOf.get(above);
    if (known === undefined) continue;
    all = new Set([...all, ...[...all].flatMap(form => [...forms(known)].map(before => before + form))]);
  }
  return all;
}

/** 220102, and as the statistics bureau writes it 220102000000. */
const codeIn = (text: string) => /^(\d{6})(?:0{3}|0{6}|\.0)?$/.exec(text)?.[1];

/**
 * Finds what a person calls a division within the caller's slice: its code, its name alone or behind those of the divisions above it. `known`
 * has the divisions of the slice; the names of those above count where they are known.
 */
export function divisionLookup(viewer: Viewer, known: Known[]): (text: string) => string {
  const nameOf = new Map(known.map(({ code, name }) => [code, name]));
  const own = known.filter(({ code }) => contains(viewer.division, code));
  const byName = new Map<string, string[]>();
  for (const each of own) {
    for (const form of written(each, nameOf)) byName.set(form, [...(byName.get(form) ?? []), each.code]);
  }
  const slice = viewer.division;
  const ofCode = (value: string, code: string) => {
    if (!contains(slice, code)) throw wrong('OUTSIDE_SLICE', { value, slice });
    if (!nameOf.has(code)) throw wrong('UNKNOWN_DIVISION', { value, slice });
    return code;
  };
  const ofName = (value: string, name: string) => {
    const found = byName.get(squeeze(name)) ?? byName.get(squeeze(shorten(name))) ?? [];
    if (found.length > 1) throw wrong('AMBIGUOUS_DIVISION', { value, codes: found.join(', ') });
    if (found.length === 0) throw wrong('UNKNOWN_DIVISION', { value, slice });
    return found[0]!;
  };
  return value => {
    const text = compareKey(value);
    const code = codeIn(text);
    if (code !== undefined && isDivisionCode(code)) return ofCode(value, code);
    // 南关区(220102), 220102 南关区: both must say the same.
    const [, before, name, behind] = /^(\d{6})?[^\d\p{L}]*(\p{L}[^\d]*?)[^\d\p{L}]*(\d{6})?[^\d\p{L}]*$/u.exec(text) ?? [];
    const given = before ?? behind;
    if (given === undefined || name === undefined) return ofName(value, text);
    const found = ofCode(value, given);
    const named = ofName(value, name);
    if (named !== found) throw wrong('AMBIGUOUS_DIVISION', { value, codes: `${found}, ${named}` });
    return found;
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
