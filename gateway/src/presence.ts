import { setTimeout as sleep } from 'node:timers/promises';

/** What a look at a process finds: it says that it is ready, says otherwise or nothing, or no connection comes about. */
export type Found = 'ready' | 'unready' | 'unreached';

/** Milliseconds between two looks at a process that is being started again. */
const pauses = { first: 50, most: 500 };

/**
 * Whether a process may be called. One that is gone or in trouble is looked for by its readiness, so that no operation has to try it: who
 * is gone comes back as soon as it is ready again, who is in trouble rests for a while first.
 */
export class Presence {
  readonly #closed = new AbortController();
  #goneSince: number | undefined;
  #restsUntil = 0;
  #isSought = false;

  constructor(
    private readonly look: () => Promise<Found>,
    private readonly back: (wasGone: boolean) => void,
  ) {}

  get isHere(): boolean {
    return !this.#isSought;
  }

  /** When it was found to be gone; undefined while it is here, or there and in trouble. */
  get goneSince(): number | undefined {
    return this.#goneSince;
  }

  /** Nobody was reached there. */
  gone(): void {
    this.#goneSince ??= Date.now();
    void this.#seek();
  }

  /** It is there, but fails: it is left in peace for so many milliseconds, unless it turns out to be gone. */
  troubled(milliseconds: number): void {
    this.#restsUntil = Date.now() + milliseconds;
    void this.#seek();
  }

  close(): void {
    this.#closed.abort();
  }

  async #seek(): Promise<void> {
    if (this.#isSought) return;
    this.#isSought = true;
    const { signal } = this.#closed;
    for (let pause = pauses.first; !signal.aborted; pause = Math.min(pause * 1.3, pauses.most)) {
      const found = await this.look();
      if (found === 'unreached') this.#goneSince ??= Date.now();
      if (found === 'ready' && (this.#goneSince !== undefined || Date.now() >= this.#restsUntil)) break;
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
    if (signal.aborted) return;
    const wasGone = this.#goneSince !== undefined;
    this.#isSought = false;
    this.#goneSince = undefined;
    this.back(wasGone);
  }
}
