import { setTimeout as pause } from 'node:timers/promises';
import { type Child, type ChildSpec, type End, type Ready, startChild } from './child.ts';
import { Ends } from './ends.ts';
import { endsTooOftenLine, isDiskFull } from './final-lines.ts';
import { lineOf } from './launch-failure.ts';

/** Is told how the processes fare. */
export interface Watcher {
  /** A process ended by itself, and is started again after so many milliseconds. */
  ended(name: string, reason: string, pause: number): void;
  /** It serves again, so many milliseconds after its end. */
  back(name: string, ready: Ready, milliseconds: number): void;
}

interface Surroundings {
  logs: string;
  watcher: Watcher;
  /** The line to end with where the disk is full. */
  fullLine: string;
  /** What has to serve before this is started again. */
  foundation: readonly Supervised[];
}

/** One process of the hub, started again whenever it ends by itself. One that has never served is not: its start has failed. */
export class Supervised {
  readonly #ends = new Ends();
  readonly #lost = Promise.withResolvers<string>();
  readonly #stopped = new AbortController();
  readonly #told: object[] = [];
  readonly #first = Promise.withResolvers<Ready>();
  #serving = Promise.withResolvers<void>();
  #child?: Child;
  #starting?: Promise<void>;

  constructor(
    readonly spec: ChildSpec,
    private readonly around: Surroundings,
  ) {}

  /** Settles when it serves for the first time. */
  get ready(): Promise<Ready> {
    return this.#first.promise;
  }

  /** Settles while it serves. */
  get serving(): Promise<void> {
    return this.#serving.promise;
  }

  /** Settles with a line when it has ended and is not started again. */
  get lost(): Promise<string> {
    return this.#lost.promise;
  }

  /** Sends a message now, and again to whatever takes its place. */
  tell(message: object): void {
    this.#told.push(message);
    this.#child?.send(message);
  }

  async start(): Promise<void> {
    const child = await startChild(this.spec, this.around.logs);
    this.#watch(child, undefined);
    child.ready.then(this.#first.resolve);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#starting;
    await this.#child?.stop();
  }

  #watch(child: Child, served: Ready | undefined): void {
    this.#child = child;
    let last = served;
    for (const message of this.#told) child.send(message);
    child.ready.then(ready => {
      last = ready;
      this.#serving.resolve();
    });
    child.ended.then(end => this.#ended(end, last));
  }

  #ended({ line, mayPass }: End, served: Ready | undefined): void {
    if (this.#stopped.signal.aborted) return;
    const wait = served && !isDiskFull(line) ? this.#ends.happened(!mayPass) : undefined;
    if (wait === undefined) this.#lost.resolve(this.#finalLine(line, served));
    else {
      this.#serving = Promise.withResolvers();
      this.around.watcher.ended(this.spec.name, line, wait);
      this.#starting = this.#again(served!, wait);
    }
  }

  #finalLine(line: string, served: Ready | undefined): string {
    if (!served) return line;
    return isDiskFull(line) ? this.around.fullLine : endsTooOftenLine(this.spec.name, line);
  }

  async #again(served: Ready, wait: number): Promise<void> {
    const since = Date.now();
    const { signal } = this.#stopped;
    const { name, again } = this.spec;
    const aborted = new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
    await pause(wait, undefined, { signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.around.foundation.map(each => each.serving)), aborted]);
    if (signal.aborted) return;
    try {
      const { args = this.spec.args, env } = again?.(served) ?? {};
      const child = await startChild({ ...this.spec, args, env: { ...this.spec.env, ...env } }, this.around.logs);
      child.ready.then(ready => this.around.watcher.back(name, ready, Date.now() - since));
      this.#watch(child, served);
    } catch (error) {
      this.#ended({ line: lineOf(error), mayPass: false }, served);
    }
  }
}
