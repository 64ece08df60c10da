import { owed } from '@hub/kit/late-environment';
import { type Child, type ChildSpec, type Ready, startChild } from './child.ts';
import { LaunchFailure } from './launch-failure.ts';

/** Gives processes that have been prepared the rest of their environment. */
export type Begin = (environment: NodeJS.ProcessEnv) => Promise<Ready[]>;

/** The processes of one hub: started stage by stage, stopped in the opposite order, all stopped when one is lost. */
export class Family {
  readonly #logs: string;
  readonly #stages: Child[][] = [];
  readonly #lost = Promise.withResolvers<string>();
  #stopped?: Promise<void>;

  constructor(logs: string) {
    this.#logs = logs;
  }

  /** Settles with the line of the first child that ended without being asked to. */
  get lost(): Promise<string> {
    return this.#lost.promise;
  }

  /** Starts processes together; answers when all of them serve. */
  async start(specs: ChildSpec[]): Promise<Ready[]> {
    return this.#serving(await this.#spawn(specs));
  }

  /**
   * Starts processes together that load and then wait; what is answered gives them the rest of their environment, and answers when
   * all of them serve.
   */
  async prepare(specs: ChildSpec[]): Promise<Begin> {
    const stage = await this.#spawn(specs.map(spec => ({ ...spec, env: { ...spec.env, [owed]: '1' } })));
    return environment => {
      for (const child of stage) child.send({ environment });
      return this.#serving(stage);
    };
  }

  async #spawn(specs: ChildSpec[]): Promise<Child[]> {
    if (this.#stopped) throw new LaunchFailure('The hub is being stopped.');
    const stage: Child[] = [];
    this.#stages.push(stage);
    for (const spec of specs) {
      const child = await startChild(spec, this.#logs);
      stage.push(child);
      child.ended.then(line => this.#lost.resolve(line));
    }
    if (this.#stopped) await Promise.all(stage.map(child => child.stop()));
    return stage;
  }

  #serving(stage: readonly Child[]): Promise<Ready[]> {
    const lost = this.#lost.promise.then(line => Promise.reject(new LaunchFailure(line)));
    return Promise.race([Promise.all(stage.map(child => child.ready)), lost]);
  }

  tell(message: object): void {
    for (const child of this.#stages.flat()) child.send(message);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    // From here on every end is ours, and none is a loss; whoever still waits for a start is told so.
    this.#lost.resolve('The hub is being stopped.');
    for (const stage of this.#stages.toReversed()) await Promise.all(stage.map(child => child.stop()));
  }
}
