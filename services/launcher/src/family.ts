import { owed } from '@hub/kit/late-environment';
import type { ChildSpec, Ready } from './child.ts';
import { LaunchFailure } from './launch-failure.ts';
import { Supervised, type Watcher } from './supervised.ts';

/** Gives processes that have been prepared the rest of their environment. */
export type Begin = (environment: NodeJS.ProcessEnv) => Promise<Ready[]>;

const nobody: Watcher = { ended: () => undefined, back: () => undefined };

/** The processes of one hub: started stage by stage, each started again when it ends, stopped in the opposite order. */
export class Family {
  readonly #logs: string;
  readonly #watcher: Watcher;
  readonly #fullLine: string;
  readonly #stages: Supervised[][] = [];
  readonly #foundation: Supervised[] = [];
  readonly #lost = Promise.withResolvers<string>();
  #stopped?: Promise<void>;

  constructor(logs: string, watcher: Watcher = nobody, fullLine = 'The disk is full.') {
    this.#logs = logs;
    this.#watcher = watcher;
    this.#fullLine = fullLine;
  }

  /** Settles with the line of the first process that is not started again. */
  get lost(): Promise<string> {
    return this.#lost.promise;
  }

  /** Starts processes together that all later ones stand on; answers when all of them serve. */
  async start(specs: ChildSpec[]): Promise<Ready[]> {
    const stage = await this.#spawn(specs);
    const ready = await this.#serving(stage);
    this.#foundation.push(...stage);
    return ready;
  }

  /**
   * Starts processes together that load and then wait; what is answered gives them the rest of their environment, and answers when
   * all of them serve.
   */
  async prepare(specs: ChildSpec[]): Promise<Begin> {
    const stage = await this.#spawn(specs.map(spec => ({ ...spec, env: { ...spec.env, [owed]: '1' } })));
    return environment => {
      for (const each of stage) each.tell({ environment });
      return this.#serving(stage);
    };
  }

  async #spawn(specs: ChildSpec[]): Promise<Supervised[]> {
    if (this.#stopped) throw new LaunchFailure('The hub is being stopped.');
    const stage: Supervised[] = [];
    this.#stages.push(stage);
    const around = { logs: this.#logs, watcher: this.#watcher, fullLine: this.#fullLine, foundation: [...this.#foundation] };
    for (const spec of specs) {
      const each = new Supervised(spec, around);
      each.lost.then(line => this.#lost.resolve(line));
      await each.start();
      stage.push(each);
    }
    if (this.#stopped) await Promise.all(stage.map(each => each.stop()));
    return stage;
  }

  #serving(stage: readonly Supervised[]): Promise<Ready[]> {
    const lost = this.#lost.promise.then(line => Promise.reject(new LaunchFailure(line)));
    return Promise.race([Promise.all(stage.map(each => each.ready)), lost]);
  }

  tell(message: object): void {
    for (const each of this.#stages.flat()) each.tell(message);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    // From here on every end is ours, and none is a loss; whoever still waits for a start is told so.
    this.#lost.resolve('The hub is being stopped.');
    for (const stage of this.#stages.toReversed()) await Promise.all(stage.map(each => each.stop()));
  }
}
