import type { Viewer } from '@hub/kit/viewer';
import type { AnswerBytes } from './limits/answer-bytes.ts';
import type { Work } from './limits/work.ts';

/** A change under an idempotency key: the whole operation. */
export interface Change {
  hash: string;
}

/** One request of one caller: what subgraph calls are made with. */
export interface Caller {
  authorization: string;
  requestId: string;
  /** What the client calls its request. */
  clientRequestId?: string | undefined;
  idempotencyKey?: string;
  viewer: Viewer;
  /** Time (ms since 1970) by which every subgraph must have answered. */
  deadline: number;
  /** Aborted when the caller goes. */
  gone: AbortSignal;
  /** Aborted when the caller has been gone for a while: what is still under way is stopped. */
  departure: AbortSignal;
  /** What is under way for it. An object, because Apollo Server copies this one. */
  work: Work;
  /** What its answer weighs. */
  bytes: AnswerBytes;
  /** SQL statements the subgraphs sent for it so far; answered as `x-hub-statements`. */
  sql: { statements: number };
  /** How its operation is counted: the trusted document's name or "free", and the first error code once it is answered. */
  asked: { document: string; outcome?: string; change?: Change };
  /** Nobody asks: the plan is wanted, and nothing may be sent. */
  isRehearsal?: boolean;
}
