import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Observe } from '../breaker.ts';
import type { Concurrency } from '../limits/concurrency.ts';
import type { Shed } from '../limits/shed.ts';
import type { SubgraphFleet } from '../subgraph-fleet.ts';

/** What the door counts. Labels hold names from lists of ours only: no person, no value, no path of a request. */
export class Metrics {
  readonly registry = new Registry();
  readonly #own = { registers: [this.registry] };

  readonly operations = new Counter({
    name: 'hub_operations_total',
    help: 'Operations answered, by trusted document ("free" for others), class of viewer and outcome (OK or the first error code).',
    labelNames: ['document', 'class', 'outcome'],
    ...this.#own,
  });
  readonly operationSeconds = new Histogram({
    name: 'hub_operation_duration_seconds',
    help: 'Time from the first byte of an operation to the last of its answer, by class of viewer.',
    labelNames: ['class'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    ...this.#own,
  });
  readonly statements = new Counter({
    name: 'hub_statements_total',
    help: 'SQL statements the subgraphs sent for operations, by class of viewer.',
    labelNames: ['class'],
    ...this.#own,
  });
  readonly subgraphSeconds = new Histogram({
    name: 'hub_subgraph_duration_seconds',
    help: 'Time of a call to a subgraph, by subgraph and outcome (answered, failed, refused by its breaker).',
    labelNames: ['subgraph', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    ...this.#own,
  });
  readonly shed = new Counter({
    name: 'hub_shed_total',
    help: 'Operations refused because the hub was full, by class of viewer.',
    labelNames: ['class'],
    ...this.#own,
  });
  readonly refused = new Counter({
    name: 'hub_refused_total',
    help: 'Requests that were not executed, by error code.',
    labelNames: ['code'],
    ...this.#own,
  });
  readonly reloads = new Counter({
    name: 'hub_supergraph_reloads_total',
    help: 'Reloads of the supergraph, by outcome (replaced, unchanged, refused).',
    labelNames: ['outcome'],
    ...this.#own,
  });

  /** A figure that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** 1 for each subgraph whose breaker is not closed. */
  breakers(read: () => { name: string; state: string }[]): void {
    new Gauge({
      name: 'hub_subgraph_breaker_open',
      help: 'Whether the breaker of a subgraph is open or half open.',
      labelNames: ['subgraph'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { name, state } of read()) this.set({ subgraph: name }, state === 'closed' ? 0 : 1);
      },
    });
  }

  /** How many processes of each subgraph are gone or in trouble. */
  away(read: () => { name: string; away: number }[]): void {
    new Gauge({
      name: 'hub_subgraph_processes_away',
      help: 'Processes of a subgraph that are not called at the moment: gone, or left in peace by their breaker.',
      labelNames: ['subgraph'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { name, away } of read()) this.set({ subgraph: name }, away);
      },
    });
  }

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}

/** Counts the calls to the subgraphs. */
export const observeCalls =
  (metrics: Metrics): Observe =>
  (subgraph, outcome, seconds) =>
    metrics.subgraphSeconds.observe({ subgraph, outcome }, seconds);

/** Shows what is under way at the moment. */
export function watch(
  metrics: Metrics,
  { shed, imports, fleet }: { shed: Shed; imports: Concurrency; fleet: SubgraphFleet },
): void {
  metrics.gauge('hub_operations_in_flight', 'Operations in work.', () => shed.inWork);
  metrics.gauge('hub_operations_waiting', 'Operations that wait for their turn.', () => shed.waiting);
  metrics.gauge('hub_imports_in_flight', 'Imports under way.', () => imports.all);
  metrics.breakers(() => fleet.subgraphs);
  metrics.away(() => fleet.subgraphs);
}
