import { PostgresFailure } from './postgres-failure.ts';

/** What PostgreSQL says of a recovery that did not reach its moment, as an operator needs it. */
export function recoveryFailure(output: string): PostgresFailure | undefined {
  const last = /last completed transaction was at log time (.+)$/m.exec(output)?.[1];
  if (/recovery ended before configured recovery target was reached/.test(output))
    return new PostgresFailure(
      `The log of writes that is there ends before that moment${last ? `, after a change at ${last}` : ''}: give an earlier one, or --to latest. Nothing was changed.`,
    );
  if (/requested recovery stop point is before consistent recovery point/.test(output))
    return new PostgresFailure('That moment is before the end of this backup: take an earlier backup. Nothing was changed.');
  return undefined;
}
