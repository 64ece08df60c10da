import { Decision } from '@hub/kit/imports/decision';
import type { EntityManager } from '@mikro-orm/postgresql';
import { contradicts, joinedOnOf, livingOf } from '../person/candidate.ts';
import type { Alike } from '../person/find-alike.ts';
import type { Line } from './members.ts';

/** A row without a phone, and the people of its name who have none either. */
export interface Unphoned {
  row: Line;
  namesakes: Alike[];
}

const isAsWritten = ({ values }: Line, person: Alike): boolean =>
  (values.gender ?? null) === person.gender &&
  (values.birthYear ?? null) === person.birth_year &&
  (values.jobTitle ?? null) === person.job_title &&
  values.joinedOn === joinedOnOf(person) &&
  values.branchId === livingOf(person)?.branch_id;

/** Of these people, those whom the very same file entered when it was applied before. */
async function enteredByThisFile(em: EntityManager, people: string[]): Promise<Set<string>> {
  const found = await em.execute<{ id: string }[]>(
    `select v.entity_id as id from json_array_elements_text(?::json) as p (id)
     join revision v on v.entity = 'person' and v.entity_id = p.id::uuid and v.action = 'insert'
     join import_batch b on b.id = v.batch join import_batch this on this.id::text = current_setting('hub.batch', true)
     where b.ledger = this.ledger and b.sha256 = this.sha256`,
    [JSON.stringify(people)],
  );
  return new Set(found.map(({ id }) => id));
}

/**
 * A file that is applied again says of a row once more that it is new, or is like one of which it says so: each of its rows is about one of
 * those whom it entered then. Rows with a phone are found by that. Those who are said to be new come first, for the others may have been
 * refused then, and those who stand as they were written come before those who were changed since.
 */
export async function enteredBefore(em: EntityManager, all: Unphoned[]): Promise<Map<Line, Alike>> {
  const again = new Map<Line, Alike>();
  const rows = all.filter(({ namesakes }) => namesakes.length > 0);
  if (rows.length === 0) return again;
  const entered = await enteredByThisFile(em, [...new Set(rows.flatMap(({ namesakes }) => namesakes.map(({ id }) => id)))]);
  if (entered.size === 0) return again;
  const isNew = ({ row }: Unphoned) => row.decided?.decision === Decision.NEW;
  const inTurn = [...rows.filter(isNew), ...rows.filter(each => !isNew(each))];
  const take = (mayBe: (row: Line, person: Alike) => boolean) => {
    for (const { row, namesakes } of inTurn) {
      const person = again.has(row) ? undefined : namesakes.find(each => entered.has(each.id) && mayBe(row, each));
      if (!person) continue;
      entered.delete(person.id);
      again.set(row, person);
    }
  };
  take(isAsWritten);
  take((row, person) => !contradicts(row.values, person));
  return again;
}
