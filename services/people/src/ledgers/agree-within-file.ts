import { compareKey } from '@hub/kit/compare-key';
import { wrong } from '@hub/kit/imports/cell-problem';
import { groupBy } from '@hub/kit/imports/chunks';
import { Decision } from '@hub/kit/imports/decision';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { isOnesOwn } from '../person/phone.ts';
import type { Matched } from './match-people.ts';
import type { Line } from './members.ts';

const isNew = ({ decided }: Line) => decided?.decision === Decision.NEW;
const both = <T>(one: T | undefined, other: T | undefined) => one !== undefined && other !== undefined && one !== other;

/** Two rows that cannot be about one person, as far as they say. */
const contradict = ({ values: a }: Line, { values: b }: Line): boolean =>
  both(a.gender, b.gender) || both(a.birthYear, b.birthYear) || both(a.joinedOn, b.joinedOn);

/** So many others are looked at for each row: a file of one name alone would take for ever. */
const mostCompared = 1_000;
const mostNamed = 10;

function refuse(row: Line, others: Line[]): void {
  const rows = [row, ...others].map(each => each.row).sort((a, b) => a - b);
  row.refuseCell('姓名', undefined, wrong('ALIKE_IN_FILE', { rows: rows.join('、') }), ImportOutcome.CONFLICT);
}

/** Notes for rows of a group which others they may be one person with. */
type Suspects = Map<Line, Line[]>;

function suspect(suspects: Suspects, rows: Line[], group: Line[], mayBeOne: (one: Line, other: Line) => boolean): void {
  if (group.length < 2) return;
  const others = group.slice(0, mostCompared);
  for (const row of rows) {
    const found = others.filter(other => other !== row && mayBeOne(row, other));
    const all = [...new Set([...(suspects.get(row) ?? []), ...found])].slice(0, mostNamed);
    if (all.length > 0) suspects.set(row, all);
  }
}

/** Whoever decided that one of a pair is new has decided of both. */
const undecided = (one: Line, other: Line) => !isNew(one) && !isNew(other);

/**
 * One file lists a person once. Rows that came out as the same person on file are refused, and so are those of new people that may be one
 * person: one mobile under two names, one name and phone at two organisations, and of one name in one organisation those without a phone.
 */
export function agreeWithinFile(rows: Line[], matched: Matched): void {
  const suspects: Suspects = new Map();
  const known = rows.filter(row => matched.get(row));
  for (const group of groupBy(known, row => matched.get(row)!.id).values()) suspect(suspects, group, group, () => true);

  // Those that are refused already take part: which of a pair is looked at first must not matter.
  const fresh = rows.filter(row => !matched.get(row));
  const place = ({ values }: Line) => values.organisationId!;
  for (const group of groupBy(fresh, row => `${place(row)}/${compareKey(row.values.name)}`).values())
    suspect(
      suspects,
      group.filter(({ values }) => !values.phone),
      group,
      (one, other) => undecided(one, other) && !contradict(one, other),
    );
  const phoned = fresh.filter(({ values }) => values.phone);
  const ownPhones = phoned.filter(({ values }) => isOnesOwn(values.phone!));
  for (const group of groupBy(ownPhones, row => `${place(row)}/${row.values.phone}`).values())
    suspect(suspects, group, group, undecided);
  for (const group of groupBy(phoned, row => `${compareKey(row.values.name)}/${row.values.phone}`).values())
    suspect(suspects, group, group, undecided);
  for (const [row, others] of suspects) {
    if (row.isGood) refuse(row, others);
    matched.delete(row);
  }
}
