import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolution = 20;

/** Milliseconds a timer was late since the last look, nine times in ten no more. */
export class EventLoopLag {
  readonly #delay = monitorEventLoopDelay({ resolution });

  constructor() {
    this.#delay.enable();
  }

  look(): number {
    // The histogram counts whole intervals between timers, not only what they were late.
    const late = this.#delay.percentile(90) / 1e6 - resolution;
    this.#delay.reset();
    return Number.isFinite(late) ? Math.max(0, late) : 0;
  }

  stop(): void {
    this.#delay.disable();
  }
}
