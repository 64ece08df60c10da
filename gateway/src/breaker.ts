import type { GraphQLDataSource } from '@apollo/gateway';
import { HubError } from '@hub/kit/errors';
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Caller } from './caller.ts';
import type { Call, Sender, SubgraphAnswer } from './executor/execution.ts';
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

/** A subgraph behind a breaker: after failures in a row nobody waits for it, until one call finds it well again. */
export class GuardedSource implements GraphQLDataSource, Sender {
  readonly #breaker;

  constructor(
    readonly source: SubgraphSource,
    /** Of a whole operation: a call that was left little of it says nothing of the subgraph when it is late. */
    private readonly deadlineMs: number,
    private readonly options: BreakerOptions,
    private readonly observe: Observe,
  ) {
    this.#breaker = circuitBreaker(
      handleWhen(error => error instanceof Fault || this.state === 'half-open'),
      { halfOpenAfter: options.pause, breaker: new ConsecutiveBreaker(options.failures) },
    );
  }

  get name(): string {
    return this.source.name;
  }

  get state(): BreakerState {
    const { state } = this.#breaker;
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.HalfOpen ? 'half-open' : 'open';
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
    const { caller } = call;
    // Others would otherwise wait for the call that tries.
    if (this.state === 'half-open') throw this.#refusal();
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
      throw wasCalled ? error : this.#refusal();
    }
  }

  async #call(call: Call, isFair: boolean, start: number): Promise<SubgraphAnswer> {
    try {
      const answer = await this.source.send(call);
      this.observe(this.name, 'answered', (performance.now() - start) / 1000);
      return answer;
    } catch (error) {
      this.observe(this.name, 'failed', (performance.now() - start) / 1000);
      const isFault = !call.caller.departure.aborted && error instanceof HubError && isOfSubgraph(error, isFair);
      throw isFault ? new Fault('', { cause: error }) : error;
    }
  }

  #refusal(): HubError {
    this.observe(this.name, 'refused', 0);
    const seconds = Math.ceil(this.options.pause / 1000);
    return new HubError(
      'UNAVAILABLE',
      `The part "${this.name}" of the hub is not reachable; nothing was sent to it. Try again in ${seconds} s.`,
      { retryable: true },
    );
  }
}

/** Who asked for more than an answer may hold says nothing of the subgraph, nor who came late. */
const isOfSubgraph = ({ code }: HubError, isFair: boolean) => code !== 'LIMIT_EXCEEDED' && (code !== 'TIMEOUT' || isFair);

/** A failure that is the subgraph's own. */
class Fault extends Error {}
