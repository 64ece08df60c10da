import { type EntityClass, type EntityManager, type FilterQuery, LockMode } from '@mikro-orm/postgresql';

/** Loads a row to change it: NOT_FOUND outside the slice, VERSION_MISMATCH when it is not the version the caller saw. */
export function forChange<T extends object>(
  em: EntityManager,
  type: EntityClass<T>,
  id: string,
  expectedVersion: number,
): Promise<T> {
  return em.findOneOrFail<T>(type, { id } as FilterQuery<NoInfer<T>>, {
    lockMode: LockMode.OPTIMISTIC,
    lockVersion: expectedVersion,
  });
}

/** Gives the reason of a change to its revisions, for the rest of the transaction. */
export const becauseOf = (em: EntityManager, reason: string) => em.execute(`select set_config('hub.reason', ?, true)`, [reason]);
