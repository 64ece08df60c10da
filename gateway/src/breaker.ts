import { HubError } from '@hub/kit/errors';
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Call, Sender, SubgraphAnswer } from './executor/execution.ts';
import { NotReached } from './not-reached.ts';
import { Presence } from './presence.ts';
import type { SubgraphSource } from './subgraph-source.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failures: number;
  /** Milliseconds it stays open before one call may try again. */
  pause: number;
}

export const defaultBreaker: BreakerOptions = { failures: 5, pause: 5_000 };

/** Told of every call: how long it took, in seconds, and how it ended. */
export type Observe = (subgraph: string, outcome: 'answered' | 'failed' | 'refused', seconds: number) => void;

/** Milliseconds in which a process says that it is ready. */
const patience = 1_500;

/** One process of a subgraph behind a breaker: after failures in a row nobody waits for it, until one call finds it well again. */
export class GuardedSource implements Sender {
  readonly presence: Presence;
  #breaker;

  constructor(
    readonly source: SubgraphSource,
    /** Of a whole operation: a call that was left little of it says nothing of the subgraph when it is late. */
    private readonly deadlineMs: number,
    private readonly options: BreakerOptions,
    private readonly observe: Observe,
    /** Told when it is gone, and when it may be called again. */
    moved: (source: SubgraphSource, isHere: boolean) => void,
  ) {
    this.#breaker = this.#newBreaker();
    this.presence = new Presence(
      () => source.look(patience),
      wasGone => {
        // Another process serves there now: what was counted is not its own.
        if (wasGone) this.#breaker = this.#newBreaker();
        moved(source, true);
      },
    );
    this.#moved = moved;
  }

  readonly #moved;

  get state(): BreakerState {
    const { state } = this.#breaker;
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /** Others would otherwise wait for the call that tries. */
  get mayBeCalled(): boolean {
    return this.presence.isHere && this.state !== 'half-open';
  }

  async send(call: Call): Promise<SubgraphAnswer> {
    const { caller } = call;
    const start = performance.now();
    const isFair = caller.deadline - Date.now() >= this.deadlineMs / 2;
    let wasCalled = false;
    try {
      return await this.#breaker.execute(() => {
        wasCalled = true;
        return this.#call(call, isFair, start);
      });
    } catch (error) {
      if (error instanceof Fault) throw error.cause;
      throw wasCalled ? error : new NotReached(this.source.name);
    }
  }

  close(): Promise<void> {
    this.presence.close();
    return this.source.close();
  }

  async #call(call: Call, isFair: boolean, start: number): Promise<SubgraphAnswer> {
    try {
      const answer = await this.source.send(call);
      this.observe(this.source.name, 'answered', (performance.now() - start) / 1000);
      return answer;
    } catch (error) {
      this.observe(this.source.name, 'failed', (performance.now() - start) / 1000);
      if (error instanceof NotReached) this.#isGone();
      const isFault = !call.caller.departure.aborted && error instanceof HubError && isOfSubgraph(error, isFair);
      throw isFault ? new Fault('', { cause: error }) : error;
    }
  }

  #isGone(): void {
    if (this.presence.isHere) this.#moved(this.source, false);
    this.presence.gone();
  }

  #newBreaker() {
    const { pause, failures } = this.options;
    const breaker = circuitBreaker(
      handleWhen(error => error instanceof Fault || this.state === 'half-open'),
      { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(failures) },
    );
    breaker.onBreak(() => {
      if (breaker === this.#breaker) this.presence.troubled(pause);
    });
    return breaker;
  }
}

/** Who asked for more than an answer may hold says nothing of the subgraph, nor who came late, nor that nobody was there to be asked. */
const isOfSubgraph = (error: HubError, isFair: boolean) =>
  !(error instanceof NotReached) && error.code !== 'LIMIT_EXCEEDED' && (error.code !== 'TIMEOUT' || isFair);

/** A failure that is the subgraph's own. */
class Fault extends Error {}
