const minute = 60_000;
const most = 5;
const shortest = 200;
const longest = 10_000;

/** How often a process has ended by itself of late, and what follows from it. */
export class Ends {
  #times: number[] = [];
  #last?: number;
  #pause = shortest;

  /**
   * It ended once more: milliseconds until it is to be started again; undefined where it has ended five times within a minute. An end over
   * what will pass, such as a database that is away, is none of its own.
   */
  happened(isOwn: boolean, now = Date.now()): number | undefined {
    // Who was quiet for a minute begins anew.
    this.#pause = this.#last === undefined || now - this.#last > minute ? shortest : Math.min(longest, this.#pause * 2);
    this.#last = now;
    if (!isOwn) return this.#pause;
    this.#times = [...this.#times, now].slice(-most);
    return this.#times.length === most && now - this.#times[0]! <= minute ? undefined : this.#pause;
  }
}
