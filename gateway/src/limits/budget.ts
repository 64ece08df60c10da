import type { Viewer } from '@hub/kit/viewer';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { TooMany } from './too-many.ts';
import { classOf, type ViewerClass, viewerClasses, viewerKey } from './viewer-class.ts';

/** What is left of a viewer's minute. */
export interface Balance {
  limit: number;
  remaining: number;
  /** Milliseconds until the whole budget is back. */
  milliseconds: number;
}

export type Charge = (viewer: Viewer, cost: number) => Promise<Balance>;

/** Points per viewer and minute. Refusals are free: they leave what the viewer has for something smaller. */
export function budgets(perMinute: Record<ViewerClass, number>): Charge {
  const limiters = new Map(
    viewerClasses.map(name => [name, new RateLimiterMemory({ points: perMinute[name], duration: 60, keyPrefix: name })]),
  );
  return async (viewer, cost) => {
    const viewerClass = classOf(viewer);
    const limit = perMinute[viewerClass];
    const limiter = limiters.get(viewerClass)!;
    const key = viewerKey(viewer);
    try {
      return balance(await limiter.consume(key, cost), limit);
    } catch (refused) {
      if (refused instanceof Error) throw refused;
      const { remaining, milliseconds } = balance(await limiter.reward(key, cost), limit);
      const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
      throw new TooMany(
        429,
        `This operation costs ${cost}; ${remaining} of your ${limit} points a minute are left. Repeat it in ${seconds} s, or ask for fewer rows.`,
        { reason: 'BUDGET', milliseconds },
      );
    }
  };
}

const balance = ({ consumedPoints, msBeforeNext }: RateLimiterRes, limit: number): Balance => ({
  limit,
  remaining: Math.max(0, limit - consumedPoints),
  milliseconds: Math.max(0, msBeforeNext),
});
