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
  /** Milliseconds the body of an operation may take to arrive. */
  bodyMs: number;
}

const whole = (fallback: number) => z.coerce.number().int().min(1).max(1e12).default(fallback);

/** The environment variables behind `Limits`; the defaults leave room for a whole city at its busiest. */
export const limitsEnv = {
  HUB_MAX_COST: whole(50_000),
  HUB_BUDGET_PEOPLE: whole(10_000_000),
  HUB_BUDGET_PARTNERS: whole(5_000_000),
  HUB_BUDGET_REPORTING: whole(5_000_000),
  HUB_CONCURRENT_PEOPLE: whole(100),
  HUB_CONCURRENT_PARTNERS: whole(50),
  HUB_CONCURRENT_REPORTING: whole(50),
  HUB_IN_WORK: whole(64),
  HUB_QUEUE: whole(128),
  HUB_IMPORTS_PER_VIEWER: whole(4),
  HUB_IMPORTS: whole(8),
  HUB_BODY_MS: whole(10_000),
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
    bodyMs: env.HUB_BODY_MS,
  };
}

export const defaultLimits = limitsFrom(z.object(limitsEnv).parse({}));
