import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import { isUUID } from 'class-validator';
import DataLoader from 'dataloader';
import { HubError } from './errors.ts';
import { PageLoader } from './page-loader.ts';
import type { Peers } from './peer.ts';
import type { Reader } from './read/reader.ts';
import type { Viewer } from './viewer.ts';

/** What a resolver gets. It lives as long as the operation's transaction, which is inside the viewer's slice. */
export class Context {
  /** Personal fields this operation showed unmasked, by entity name: leaves one row in the read log. */
  readonly personalReads = new Map<string, Set<string>>();
  readonly pages: PageLoader;
  private readonly loaders = new Map<string, DataLoader<string, any>>();

  constructor(
    /** How rows are read that stay as they are. */
    readonly read: Reader,
    readonly viewer: Viewer,
    /** Which request it is: by our id, and by the client's own. */
    readonly request: { requestId: string; clientRequestId?: string | undefined },
    /** The caller's own credentials, to ask another subgraph as the caller. */
    readonly authorization: string,
    /** Where the other subgraphs are. */
    readonly peers: Peers = {},
    private readonly manager?: EntityManager,
  ) {
    this.pages = new PageLoader(read);
  }

  /** Where a mutation finds what it changes. */
  get em(): EntityManager {
    if (!this.manager) throw new Error('A query changes nothing: it reads by context.read.');
    return this.manager;
  }

  /** One row by a unique key, batched over the operation; null when it does not exist in the viewer's slice. */
  load<T extends object>(type: EntityClass<T>, key: string | undefined | null, property = 'id'): Promise<T | null> {
    if (!key) return Promise.resolve(null);
    if (this.read.columnType(type, property) === 'uuid' && !isUUID(key))
      return Promise.reject(new HubError('INVALID_INPUT', `${property}: "${key.slice(0, 40)}" is not a UUID (标识须为UUID).`));
    return this.batched(`${type.name}.${property}`, async (keys: readonly string[]) => {
      const rows = await this.read.findBy(type, property, keys);
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
