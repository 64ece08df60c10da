import type { Viewer } from '@hub/kit/viewer';

/** One request of one caller: what subgraph calls are made with. */
export interface Caller {
  authorization: string;
  requestId: string;
  idempotencyKey?: string;
  viewer: Viewer;
  /** Time (ms since 1970) by which every subgraph must have answered. */
  deadline: number;
  /** SQL statements the subgraphs sent for it so far; answered as `x-hub-statements`. An object, because Apollo Server copies this one. */
  sql: { statements: number };
}
