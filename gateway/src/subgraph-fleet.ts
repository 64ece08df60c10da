import type { Logger } from 'pino';
import { type BreakerOptions, GuardedSource, type Observe } from './breaker.ts';
import { SubgraphSource } from './subgraph-source.ts';
import { subgraphNames, urlVariable } from './supergraph.ts';

interface Settings {
  deadlineMs: number;
  breaker: BreakerOptions;
  observe: Observe;
  log: Logger;
}

/** The ways to the subgraphs. One stays open when a supergraph goes without it: a later one may bring it back. */
export class SubgraphFleet {
  readonly #sources = new Map<string, GuardedSource>();
  #used: readonly string[] = [];

  constructor(
    private readonly urlOf: (name: string) => string | undefined,
    private readonly settings: Settings,
  ) {}

  /** Those of the present supergraph. */
  get sources(): GuardedSource[] {
    return this.#used.map(name => this.get(name));
  }

  get(name: string): GuardedSource {
    const source = this.#sources.get(name);
    if (!source) throw new Error(`No URL is given for the subgraph "${name}": set ${urlVariable(name)}.`);
    return source;
  }

  /** Opens ways to what a supergraph needs; returns those that the present one does not use. */
  open(supergraphSdl: string): GuardedSource[] {
    const names = subgraphNames(supergraphSdl);
    const unknown = names.filter(name => !this.#sources.has(name));
    const urls = unknown.map(name => [name, this.urlOf(name)] as const);
    const missing = urls.filter(([, url]) => !url).map(([name]) => urlVariable(name));
    if (missing.length) throw new Error(`No URL is given for a subgraph: set ${missing.join(', ')}.`);
    const { deadlineMs, breaker, observe, log } = this.settings;
    for (const [name, url] of urls)
      this.#sources.set(name, new GuardedSource(new SubgraphSource(name, url!, log), deadlineMs, breaker, observe));
    return names.filter(name => !this.#used.includes(name)).map(name => this.get(name));
  }

  use(supergraphSdl: string): void {
    this.#used = subgraphNames(supergraphSdl);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sources.values()].map(({ source }) => source.close()));
  }
}
