import { addressesIn } from '@hub/kit/env';
import type { Logger } from 'pino';
import { type BreakerOptions, GuardedSource, type Observe } from './breaker.ts';
import { Subgraph } from './subgraph.ts';
import { SubgraphSource } from './subgraph-source.ts';
import { subgraphNames, urlVariable } from './supergraph.ts';

interface Settings {
  deadlineMs: number;
  awayMs: number;
  breaker: BreakerOptions;
  observe: Observe;
  log: Logger;
}

/** The subgraphs and the ways to them. One stays open when a supergraph goes without it: a later one may bring it back. */
export class SubgraphFleet {
  readonly #subgraphs = new Map<string, Subgraph>();
  #used: readonly string[] = [];

  constructor(
    private readonly urlOf: (name: string) => string | undefined,
    private readonly settings: Settings,
  ) {}

  /** Those of the present supergraph. */
  get subgraphs(): Subgraph[] {
    return this.#used.map(name => this.get(name));
  }

  get(name: string): Subgraph {
    const subgraph = this.#subgraphs.get(name);
    if (!subgraph) throw new Error(`No URL is given for the subgraph "${name}": set ${urlVariable(name)}.`);
    return subgraph;
  }

  /** Opens ways to what a supergraph needs; returns those that the present one does not use. */
  open(supergraphSdl: string): Subgraph[] {
    const names = subgraphNames(supergraphSdl);
    const unknown = names.filter(name => !this.#subgraphs.has(name));
    const urls = unknown.map(name => [name, this.urlOf(name)] as const);
    const missing = urls.filter(([, url]) => !url).map(([name]) => urlVariable(name));
    if (missing.length) throw new Error(`No URL is given for a subgraph: set ${missing.join(', ')}.`);
    for (const [name, url] of urls) this.#subgraphs.set(name, this.#subgraph(name, addressesIn(url!)));
    return names.filter(name => !this.#used.includes(name)).map(name => this.get(name));
  }

  use(supergraphSdl: string): void {
    this.#used = subgraphNames(supergraphSdl);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subgraphs.values()].map(subgraph => subgraph.close()));
  }

  #subgraph(name: string, urls: readonly string[]): Subgraph {
    const { deadlineMs, awayMs, breaker, observe, log } = this.settings;
    const moved = (source: SubgraphSource, isHere: boolean) => {
      log.warn({ subgraph: name, address: source.url }, isHere ? 'subgraph is back' : 'subgraph is away');
      subgraph.moved(isHere);
    };
    const processes = urls.map(url => new GuardedSource(new SubgraphSource(name, url, log), deadlineMs, breaker, observe, moved));
    const subgraph = new Subgraph(name, processes, { awayMs, pause: breaker.pause, observe });
    return subgraph;
  }
}
