/** What somebody may spend before they have to wait. */
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
 * Points by key: they flow back evenly, so that one who always asks for more is served evenly and not in bursts. One may overdraw: who
 * has spent too much is refused before anything is done, which costs the hub next to nothing.
 */
export class Accounts {
  /** When all that somebody has spent will be back, those who spent last at the end. */
  readonly #settled = new Map<string, number>();
  readonly #limit: number;
  readonly #perMillisecond: number;

  constructor(readonly perMinute: number) {
    this.#limit = Math.max(1, perMinute * saved);
    this.#perMillisecond = perMinute / minute;
  }

  /** Milliseconds until something is left to spend; 0 when something is. */
  wait(key: string): number {
    const excess = this.#spent(key) - this.#limit;
    return excess < 0 ? 0 : excess / this.#perMillisecond + 1;
  }

  spend(key: string, cost: number): Balance {
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
