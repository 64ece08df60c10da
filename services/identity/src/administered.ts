import { sliced } from '@hub/kit/slice';
import type { PolicyDef } from '@mikro-orm/core';

const service = 'hub_service';

/** Only the identity service itself, never somebody's slice. */
export const ownWorkings = (): PolicyDef[] => [{ name: 'identity', roles: [service], using: 'true', check: 'true' }];

/** Rows that committees administer in their slice, and that signing in reads and writes. */
export const administered = (): PolicyDef[] => [...sliced({ reporting: false }), ...ownWorkings()];

/** Secrets: a committee may give one to what is in its slice, and read none back. */
export const givenNotRead = (condition: string): PolicyDef[] => [
  { name: 'given', command: 'insert', roles: ['hub_committee'], check: condition },
  ...ownWorkings(),
];
