import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { Decision } from '@hub/kit/imports/decision';
import { notePersonal } from '@hub/kit/personal';
import { contradicts, isLikely, joinedOnOf, livingOf } from '../person/candidate.ts';
import { type Alike, findAlike } from '../person/find-alike.ts';
import { agreeWithinFile } from './agree-within-file.ts';
import { enteredBefore } from './entered-before.ts';
import type { Line } from './members.ts';
import { refuseUndecided, type Undecided } from './refuse-undecided.ts';

/** Who each row is about: a person on file, or nobody yet. Rows that are refused are missing. */
export type Matched = Map<Line, Alike | undefined>;

/** A person who was entered from the very same row: nobody has two of the same name, years and branch. */
function isAgain({ values }: Line, person: Alike): boolean {
  const { birthYear, joinedOn, branchId } = values;
  return (
    birthYear !== undefined &&
    joinedOn !== undefined &&
    person.birth_year === birthYear &&
    joinedOnOf(person) === joinedOn &&
    livingOf(person)?.branch_id === branchId
  );
}

type Verdict = { person: Alike | undefined } | Omit<Undecided, 'row'>;

/**
 * The rule of docs/decisions/who-is-the-same-person.md. The name and the phone in one organisation are the person; a name without a phone on
 * either side is, where one person alone comes into question; anybody else who is alike is for the importer to decide.
 */
function judge(row: Line, alike: Alike[], isTaken: (person: Alike) => boolean): Verdict {
  const { values, decided } = row;
  const here = alike.filter(({ isHere }) => isHere);
  const certain = here.filter(({ sameName, samePhone }) => sameName && samePhone);
  const likely = alike.filter(isLikely);
  if (decided?.id && decided.decision === Decision.SAME) {
    const chosen = likely.find(({ id }) => id === decided.id);
    if (!chosen || (certain.length > 0 && !certain.includes(chosen))) return { code: 'AMBIGUOUS_PERSON', candidates: likely };
    return { person: chosen };
  }
  if (certain.length > 0)
    return certain.length === 1 ? { person: certain[0] } : { code: 'AMBIGUOUS_PERSON', candidates: certain };
  const unphoned = values.phone
    ? []
    : here.filter(person => isUnphoned(person) && !isTaken(person) && !contradicts(values, person));
  const again = unphoned.filter(person => isAgain(row, person));
  if (again.length === 1) return { person: again[0] };
  if (decided?.decision === Decision.NEW) return { person: undefined };
  if (unphoned.length === 1) return { person: unphoned[0] };
  if (decided?.decision === Decision.SAME)
    return likely.length === 1
      ? { person: likely[0] }
      : { code: likely.length > 1 ? 'AMBIGUOUS_PERSON' : 'NO_SUCH_PERSON', candidates: likely };
  if (likely.length === 0) return { person: undefined };
  if (likely.length > 1) return { code: 'AMBIGUOUS_PERSON', candidates: likely };
  return { code: likely[0]!.isHere ? 'LIKELY_PERSON' : 'PERSON_ELSEWHERE', candidates: likely };
}

const isUnphoned = ({ isHere, sameName, phone }: Alike) => isHere && sameName && phone === null;

/** Finds for each row the person it is about, and refuses those that the hub cannot tell. */
export async function matchPeople(context: Context, rows: Line[]): Promise<Matched> {
  const alike = await findAlike(
    context.em,
    rows.map(({ values }) => ({
      organisationId: values.organisationId!,
      divisionCode: values.divisionCode!,
      nameKey: compareKey(values.name),
      phone: values.phone ?? null,
    })),
  );
  // That a name or a phone is on file is read here as well as in a list.
  notePersonal(
    context,
    'person',
    alike.flatMap(people => people.map(({ id }) => id)),
  );
  const before = await enteredBefore(
    context.em,
    rows.flatMap((row, i) =>
      row.values.phone || row.decided?.decision === Decision.SAME ? [] : [{ row, namesakes: alike[i]!.filter(isUnphoned) }],
    ),
  );
  const taken = new Set([...before.values()].map(({ id }) => id));
  const matched: Matched = new Map();
  const undecided: Undecided[] = [];
  for (const [i, row] of rows.entries()) {
    const person = before.get(row);
    const verdict = person ? { person } : judge(row, alike[i]!, ({ id }) => taken.has(id));
    if ('code' in verdict) undecided.push({ row, ...verdict });
    else matched.set(row, verdict.person);
  }
  await refuseUndecided(context, undecided);
  agreeWithinFile(rows, matched);
  return matched;
}
