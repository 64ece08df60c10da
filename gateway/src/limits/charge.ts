import { HubError } from '@hub/kit/errors';
import type { Viewer } from '@hub/kit/viewer';
import type { Caller } from '../caller.ts';
import type { Balance } from './accounts.ts';
import type { Budget } from './budget.ts';
import { type Asked, costOf } from './cost.ts';
import type { CostTable } from './cost-table.ts';

/** What an operation cost its viewer. */
export interface Spent {
  operation: number;
  balance: Balance;
}

/** Takes from a viewer what an operation costs, or refuses it and takes nothing. */
export type Charge = (asked: Asked, table: CostTable, viewer: Viewer) => Spent;

/** Measures an operation before it is planned, refuses what is too large or not covered. */
export const charging =
  (limit: number, budget: Budget): Charge =>
  (asked, table, viewer) => {
    // The work of answering at all.
    const operation = Math.max(1, costOf(asked, table));
    if (!(operation <= limit)) {
      throw new HubError(
        'LIMIT_EXCEEDED',
        `This operation costs ${operation}; at most ${limit} is allowed. Ask for fewer rows (first, last) of lists inside lists, for fewer fields that hold objects, or split it.`,
        { reason: 'COST' },
      );
    }
    return { operation, balance: budget.charge(viewer, operation) };
  };

/** Takes from a viewer what the answer weighs, once it is made: a point for each KB. */
export type Weigh = (spent: Spent, caller: Pick<Caller, 'viewer' | 'bytes'>) => Spent;

export const weighing =
  (budget: Budget): Weigh =>
  (spent, { viewer, bytes }) => {
    const points = Math.floor(bytes.weight / 1024);
    return points === 0 ? spent : { operation: spent.operation + points, balance: budget.spend(viewer, points) };
  };

/** What an answer says of its cost: in its extensions, and in its headers. */
export function costTold({ operation, balance: { limit, remaining, milliseconds } }: Spent) {
  return {
    cost: { operation, remaining, resetsAt: new Date(Date.now() + milliseconds).toISOString() },
    headers: [
      ['ratelimit-limit', String(limit)],
      ['ratelimit-remaining', String(remaining)],
      ['ratelimit-reset', String(Math.ceil(milliseconds / 1000))],
    ] as const,
  };
}
