import { availableParallelism } from 'node:os';
import { z } from 'zod';
import type { ViewerClass } from './viewer-class.ts';

/** How much the door lets through. Costs are in points of the operation's cost (see cost.ts). */
export interface Limits {
  operationCost: number;
  /** Points each viewer may spend in a minute. */
  budget: Record<ViewerClass, number>;
  /** Operations of one viewer under way at a time. */
  concurrent: Record<ViewerClass, number>;
  /** Operations under way at a time, of all viewers; fewer while the event loop is late. */
  inWork: number;
  /** Operations that may wait for their turn. */
  queue: number;
  importsPerViewer: number;
  imports: number;
  /** Requests to `/identity/` of one address in a minute; a quarter of them may come at once. */
  identityPerMinute: number;
  /** Refusals that a viewer, or an address, may earn in a second before they are heard less often. */
  refusalsPerSecond: number;
  /** Milliseconds a body may take to arrive; that of an import longer, at a pace. */
  bodyMs: number;
  /** Bytes that an answer may have. */
  answerBytes: number;
  /** Milliseconds in which a client must take some of its answer. */
  answerMs: number;
}

const whole = (fallback: number) => z.coerce.number().int().min(1).max(1e12).default(fallback);

/** More at a time would only make each wait longer: an operation keeps a core busy for most of its time. */
const inWork = 4 * Math.max(2, availableParallelism());

/** The environment variables behind `Limits`. A minute of the defaults is a thousand county dashboards, or 300 pages of a partner's change feed. */
export const limitsEnv = {
  HUB_MAX_COST: whole(50_000),
  HUB_BUDGET_PEOPLE: whole(600_000),
  HUB_BUDGET_PARTNERS: whole(60_000),
  HUB_BUDGET_REPORTING: whole(300_000),
  HUB_CONCURRENT_PEOPLE: whole(32),
  HUB_CONCURRENT_PARTNERS: whole(8),
  HUB_CONCURRENT_REPORTING: whole(8),
  HUB_IN_WORK: whole(inWork),
  HUB_QUEUE: whole(2 * inWork),
  HUB_IMPORTS_PER_VIEWER: whole(4),
  HUB_IMPORTS: whole(8),
  HUB_IDENTITY_PER_MINUTE: whole(1_200),
  HUB_REFUSALS_PER_SECOND: whole(40),
  HUB_BODY_MS: whole(10_000),
  HUB_ANSWER_MB: whole(16),
  HUB_ANSWER_MS: whole(10_000),
};

export function limitsFrom(env: Record<keyof typeof limitsEnv, number>): Limits {
  return {
    operationCost: env.HUB_MAX_COST,
    budget: {
      people: env.HUB_BUDGET_PEOPLE,
      partners: env.HUB_BUDGET_PARTNERS,
      reporting: env.HUB_BUDGET_REPORTING,
    },
    concurrent: {
      people: env.HUB_CONCURRENT_PEOPLE,
      partners: env.HUB_CONCURRENT_PARTNERS,
      reporting: env.HUB_CONCURRENT_REPORTING,
    },
    inWork: env.HUB_IN_WORK,
    queue: env.HUB_QUEUE,
    importsPerViewer: env.HUB_IMPORTS_PER_VIEWER,
    imports: env.HUB_IMPORTS,
    identityPerMinute: env.HUB_IDENTITY_PER_MINUTE,
    refusalsPerSecond: env.HUB_REFUSALS_PER_SECOND,
    bodyMs: env.HUB_BODY_MS,
    answerBytes: env.HUB_ANSWER_MB * 1024 * 1024,
    answerMs: env.HUB_ANSWER_MS,
  };
}

export const defaultLimits = limitsFrom(z.object(limitsEnv).parse({}));
