import type { Logger } from 'pino';

/** Milliseconds between two lines of what goes on and on. */
const between = 60_000;

/**
 * Something that goes wrong again and again: it is logged when it begins, then summed up once a minute, and when it is over. Each time of
 * it stands in the log at the level `debug`.
 */
export class Repeated {
  #since: number | undefined;
  #told = 0;
  #times = 0;

  constructor(
    private readonly log: Pick<Logger, 'debug' | 'error' | 'warn'>,
    private readonly level: 'error' | 'warn',
    private readonly message: string,
    private readonly pause = between,
  ) {}

  /** It went wrong again. */
  happened(fields: object): void {
    const now = Date.now();
    this.#times++;
    if (this.#since === undefined) {
      this.#since = this.#told = now;
      this.log[this.level](fields, this.message);
    } else if (now - this.#told >= this.pause) {
      this.#told = now;
      this.log[this.level]({ ...fields, ...this.#sum(now) }, `${this.message}, still`);
    } else this.log.debug(fields, this.message);
  }

  /** It went well; says so where it had gone wrong more than once. */
  over(fields: object): void {
    if (this.#since === undefined) return;
    if (this.#times > 1) this.log.warn({ ...fields, ...this.#sum(Date.now()) }, `${this.message}, no longer`);
    this.#since = undefined;
    this.#times = 0;
  }

  #sum = (now: number) => ({ times: this.#times, seconds: Math.round((now - this.#since!) / 1000) });
}
