import type { EntityClass, EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { PageLoader } from './page-loader.ts';
import type { Peers } from './peer.ts';
import type { Viewer } from './viewer.ts';

/** What a resolver gets. `em` is born inside the viewer's slice and lives as long as the operation's transaction. */
export class Context {
  /** Personal fields this operation showed unmasked, by entity name: leaves one row in the read log. */
  readonly personalReads = new Map<string, Set<string>>();
  readonly pages: PageLoader;
  private readonly loaders = new Map<string, DataLoader<string, any>>();

  constructor(
    readonly em: EntityManager,
    readonly viewer: Viewer,
    readonly requestId: string,
    /** The caller's own credentials, to ask another subgraph as the caller. */
    readonly authorization: string,
    /** Where the other subgraphs are. */
    readonly peers: Peers = {},
  ) {
    this.pages = new PageLoader(em);
  }

  /** One row by a unique key, batched over the operation; null when it does not exist in the viewer's slice. */
  load<T extends object>(type: EntityClass<T>, key: string | undefined | null, property = 'id'): Promise<T | null> {
    if (!key) return Promise.resolve(null);
    return this.batched(`${type.name}.${property}`, async (keys: readonly string[]) => {
      const rows = await this.em.find<T>(type, { [property]: { $in: keys } } as FilterQuery<NoInfer<T>>);
      const byKey = new Map(rows.map(row => [String((row as Record<string, unknown>)[property]), row]));
      return keys.map(each => byKey.get(each) ?? null);
    }).load(key);
  }

  /** A DataLoader of this operation under a name: for figures and other batches that are not one table's rows. */
  batched<V>(name: string, batch: (keys: readonly string[]) => Promise<V[]>): DataLoader<string, V> {
    const loader = this.loaders.get(name) ?? new DataLoader<string, V>(keys => batch(keys));
    this.loaders.set(name, loader);
    return loader;
  }
}
