import type { Context } from '@hub/kit/context';
import { wrong } from '@hub/kit/imports/cell-problem';
import { ImportOutcome } from '@hub/kit/imports/ledger';
import { namesOf } from '../names-of.ts';
import { candidateOf, differing } from '../person/candidate.ts';
import type { Alike } from '../person/find-alike.ts';
import type { Line } from './members.ts';

/** A row of which the hub cannot tell whom it is about. */
export interface Undecided {
  row: Line;
  code: 'LIKELY_PERSON' | 'AMBIGUOUS_PERSON' | 'PERSON_ELSEWHERE' | 'NO_SUCH_PERSON';
  candidates: Alike[];
}

/** More of them help nobody to choose. */
const mostCandidates = 10;

/** Refuses rows that are to be decided, each with whom it may be about. */
export async function refuseUndecided(context: Context, undecided: Undecided[]): Promise<void> {
  if (undecided.length === 0) return;
  const shown = undecided.map(({ candidates }) => candidates.slice(0, mostCandidates));
  const organisations = await namesOf(
    context,
    'Organisation',
    shown.flatMap(people => people.flatMap(({ organisation_id }) => organisation_id ?? [])),
  );
  for (const [i, { row, code }] of undecided.entries()) {
    const { message, suggestion } = wrong(code);
    const candidates = shown[i]!.map(person => candidateOf(person, organisations, differing(row.values, person)));
    row.refuse({ code, column: '姓名', message, suggestion, candidates }, ImportOutcome.CONFLICT);
  }
}
