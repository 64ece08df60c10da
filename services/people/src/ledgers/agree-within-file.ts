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

/** Pairs of more rows are not looked at one by one: a file of one name alone would take for ever. */
const mostCompared = 100;
const mostNamed = 10;

/** For each row of a group the others that it may be one person with; whoever decided that one of a pair is new has decided of both. */
function alikeAmong(group: Line[], mayBeOne: (one: Line, other: Line) => boolean): [Line, Line[]][] {
  const open = group.filter(row => !isNew(row));
  const compared = open.length > mostCompared ? open.slice(0, mostNamed + 1) : open;
  return open.map(row => [
    row,
    compared.filter(other => other !== row && (open.length > mostCompared || mayBeOne(row, other))).slice(0, mostNamed),
  ]);
}

function refuse(row: Line, others: Line[]): void {
  const rows = [row, ...others].map(each => each.row).sort((a, b) => a - b);
  row.refuseCell('姓名', undefined, wrong('ALIKE_IN_FILE', { rows: rows.join('、') }), ImportOutcome.CONFLICT);
}

/**
 * One file lists a person once. Rows that came out as the same person on file are refused, and so are those of new people that may be one
 * person: the same name in one organisation where a phone is missing, one mobile under two names, one name and phone at two organisations.
 */
export function agreeWithinFile(matched: Matched): void {
  const rows = [...matched.keys()];
  const suspects = new Map<Line, Set<Line>>();
  const suspect = (groups: Map<string, Line[]>, mayBeOne: (one: Line, other: Line) => boolean = () => true) => {
    for (const group of groups.values())
      for (const [row, others] of group.length < 2 ? [] : alikeAmong(group, mayBeOne))
        if (others.length > 0) suspects.set(row, new Set([...(suspects.get(row) ?? []), ...others]));
  };
  suspect(
    groupBy(
      rows.filter(row => matched.get(row)),
      row => matched.get(row)!.id,
    ),
  );
  const fresh = rows.filter(row => !matched.get(row));
  const place = ({ values }: Line) => values.organisationId!;
  suspect(
    groupBy(fresh, row => `${place(row)}/${compareKey(row.values.name)}`),
    (one, other) => !(one.values.phone && other.values.phone) && !contradict(one, other),
  );
  const phoned = fresh.filter(({ values }) => values.phone);
  suspect(
    groupBy(
      phoned.filter(({ values }) => isOnesOwn(values.phone!)),
      row => `${place(row)}/${row.values.phone}`,
    ),
  );
  suspect(groupBy(phoned, row => `${compareKey(row.values.name)}/${row.values.phone}`));
  for (const [row, others] of suspects) {
    refuse(row, [...others]);
    matched.delete(row);
  }
}
