import type { Viewer } from '@hub/kit/viewer';
import { TooMany } from './too-many.ts';
import { classOf, type ViewerClass, viewerClasses, viewerKey } from './viewer-class.ts';

/** What a viewer may spend before it has to wait. */
export interface Balance {
  limit: number;
  remaining: number;
  /** Milliseconds until the whole of it is back. */
  milliseconds: number;
}

const minute = 60_000;
/** The part of a minute's points that may be saved up. A whole one spent at once would be felt by the others. */
const saved = 1 / 4;

/**
 * Points per viewer: they flow back evenly, so that one who always asks for more is served evenly and not in bursts.
 * An operation may overdraw: who has spent too much is refused before anything is read, which costs the hub next to nothing.
 */
export class Budget {
  readonly #accounts;

  constructor(perMinute: Record<ViewerClass, number>) {
    this.#accounts = new Map(viewerClasses.map(name => [name, new Accounts(perMinute[name])]));
  }

  /** Refuses who has nothing left. */
  knock(viewer: Viewer): void {
    this.#of(viewer).knock(viewerKey(viewer));
  }

  charge(viewer: Viewer, cost: number): Balance {
    return this.#of(viewer).charge(viewerKey(viewer), cost);
  }

  #of = (viewer: Viewer) => this.#accounts.get(classOf(viewer))!;
}

/** The viewers of one class. */
class Accounts {
  /** When all that a viewer has spent will be back, those who spent last at the end. */
  readonly #settled = new Map<string, number>();
  readonly #limit: number;
  readonly #perMillisecond: number;

  constructor(private readonly perMinute: number) {
    this.#limit = Math.max(1, perMinute * saved);
    this.#perMillisecond = perMinute / minute;
  }

  knock(key: string): void {
    const excess = this.#spent(key) - this.#limit;
    if (excess < 0) return;
    const milliseconds = excess / this.#perMillisecond + 1;
    throw new TooMany(
      429,
      `Your points are spent; ${this.perMinute} a minute come back. Go on in ${Math.ceil(milliseconds / 1000)} s; ask less often, or for fewer rows.`,
      { reason: 'BUDGET', milliseconds },
    );
  }

  charge(key: string, cost: number): Balance {
    this.knock(key);
    const spent = this.#spent(key) + cost;
    const milliseconds = spent / this.#perMillisecond;
    this.#forgetSettled();
    this.#settled.delete(key);
    this.#settled.set(key, Date.now() + milliseconds);
    return { limit: Math.floor(this.#limit), remaining: Math.max(0, Math.floor(this.#limit - spent)), milliseconds };
  }

  #spent(key: string): number {
    return Math.max(0, (this.#settled.get(key) ?? 0) - Date.now()) * this.#perMillisecond;
  }

  /** Stops at the first that is not settled: those behind it are looked at another time. */
  #forgetSettled(): void {
    const now = Date.now();
    for (const [key, at] of this.#settled) {
      if (at > now) return;
      this.#settled.delete(key);
    }
  }
}
