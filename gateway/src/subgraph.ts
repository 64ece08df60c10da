import { EventEmitter, once } from 'node:events';
import type { GraphQLDataSource } from '@apollo/gateway';
import { HubError } from '@hub/kit/errors';
import type { BreakerState, GuardedSource, Observe } from './breaker.ts';
import type { Caller } from './caller.ts';
import type { Call, Sender, SubgraphAnswer } from './executor/execution.ts';
import { NotReached } from './not-reached.ts';
import type { ProcessStatus, ServiceStatus } from './observe/status.ts';

/** Of `HUB_AWAY_MS`: as long as a process takes to be started again on a busy machine. */
export const defaultAwayMs = 8_000;

const patience = 1_500;

interface Settings {
  /** Milliseconds that a subgraph whose processes are gone is waited for. */
  awayMs: number;
  /** Milliseconds a process in trouble is left in peace. */
  pause: number;
  observe: Observe;
}

/**
 * A subgraph, served by one process or several that take turns. What reached nobody goes to the next of them, or waits until one is back:
 * a process that is started again fails no operation (docs/decisions/retries-breaker-readiness.md).
 */
export class Subgraph implements GraphQLDataSource, Sender {
  readonly #back = new EventEmitter().setMaxListeners(0);
  #turn = 0;

  constructor(
    readonly name: string,
    readonly processes: readonly GuardedSource[],
    private readonly settings: Settings,
  ) {}

  /** Of the process that is best off. */
  get state(): BreakerState {
    const states = this.processes.map(({ state }) => state);
    return (['closed', 'half-open'] as const).find(state => states.includes(state)) ?? 'open';
  }

  /** How many of its processes are not called at the moment. */
  get away(): number {
    return this.processes.filter(({ presence }) => !presence.isHere).length;
  }

  /** Apollo's own executor calls this. */
  process: GraphQLDataSource['process'] = async ({ request, context }) => {
    const caller = context as Caller;
    if (caller.isRehearsal) return { data: null };
    const { query = '', variables, operationName } = request;
    const body = JSON.stringify({ query, variables, operationName });
    return this.send({ body, isMutation: query.startsWith('mutation'), caller });
  };

  async send(call: Call): Promise<SubgraphAnswer> {
    for (let others = this.processes.length - 1; ; ) {
      const process = this.#next() ?? (await this.#whenBack(call.caller));
      try {
        return await process.send(call);
      } catch (error) {
        if (error instanceof NotReached) continue;
        // What one process could not answer another may; a change may have been made.
        if (call.isMutation || !isUnavailable(error) || others-- <= 0) throw error;
      }
    }
  }

  /** What each of its processes says at this moment. */
  look(): Promise<ProcessStatus[]> {
    return Promise.all(
      this.processes.map(async ({ source, state: breaker }) => {
        const ready = (await source.look(patience)) === 'ready';
        return { address: source.url, ready, breaker };
      }),
    );
  }

  /** What its processes tell their operator: the first that answers. */
  async status(): Promise<ServiceStatus | undefined> {
    const told = await Promise.all(this.processes.map(({ source }) => source.status(patience)));
    return told.find(Boolean);
  }

  /** Told by its processes. */
  moved(isHere: boolean): void {
    if (isHere) this.#back.emit('here');
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map(process => process.close()));
  }

  #next(): GuardedSource | undefined {
    const { processes } = this;
    for (let i = 0; i < processes.length; i++) {
      this.#turn = (this.#turn + 1) % processes.length;
      const process = processes[this.#turn]!;
      if (process.mayBeCalled) return process;
    }
    return undefined;
  }

  /** Waits for a process that is being started again, without a place among those at work; refuses at once where none is expected. */
  async #whenBack({ deadline, departure, work }: Caller): Promise<GuardedSource> {
    const resume = work.rest();
    try {
      for (;;) {
        const milliseconds = Math.min(deadline, this.#expectedUntil()) - Date.now();
        if (milliseconds <= 0) throw this.#refusal();
        const signal = AbortSignal.any([departure, AbortSignal.timeout(milliseconds)]);
        await once(this.#back, 'here', { signal }).catch(() => undefined);
        departure.throwIfAborted();
        const process = this.#next();
        if (process) return process;
      }
    } finally {
      resume();
    }
  }

  #expectedUntil(): number {
    const gone = this.processes.map(({ presence }) => presence.goneSince).filter(since => since !== undefined);
    return gone.length > 0 ? Math.max(...gone) + this.settings.awayMs : 0;
  }

  #refusal(): NotReached {
    this.settings.observe(this.name, 'refused', 0);
    return new NotReached(this.name, `Try again in ${Math.ceil(this.settings.pause / 1000)} s.`);
  }
}

const isUnavailable = (error: unknown) => error instanceof HubError && error.code === 'UNAVAILABLE';
