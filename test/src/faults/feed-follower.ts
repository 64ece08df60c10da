import type { Hub } from '@hub/launcher/start-hub';
import { ask } from '../test-service.ts';
import type { Claims } from '../test-tokens.ts';

const feed = `query ($after: String) { organisationChanges(after: $after, first: 500) { cursor hasMore nodes { kind entity entityId at } } }`;
const row = 'query ($id: ID!) { organisation(id: $id) { id } }';

/** Somebody outside who keeps a copy of the organisations of their slice by the change feed alone, as docs/errors.md says how. */
export class FeedFollower {
  readonly copy = new Set<string>();
  rewound = 0;
  #cursor: string | undefined;
  /** When each row was last told of, by the feed. */
  readonly #told = new Map<string, number>();

  constructor(private readonly claims: Claims) {}

  async catchUp(hub: Pick<Hub, 'url' | 'token'>): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const { data, errors } = await ask(hub.url, await hub.token(this.claims), feed, { after: this.#cursor });
      const { code, cursor, since } = (errors?.[0]?.extensions ?? {}) as { code?: string; cursor?: string; since?: string };
      if (code === 'FEED_REWOUND') {
        this.rewound++;
        this.#cursor = cursor;
        await this.#readAgain(hub, Date.parse(since!));
        continue;
      }
      if (errors) throw new Error(JSON.stringify(errors));
      const page = data.organisationChanges;
      for (const { kind, entity, entityId, at } of page.nodes) {
        if (entity.toLowerCase() !== 'organisation') continue;
        this.#told.set(entityId, Date.parse(at));
        if (kind === 'LEFT_SCOPE' || kind === 'DELETED') this.copy.delete(entityId);
        else this.copy.add(entityId);
      }
      this.#cursor = page.cursor;
      hasMore = page.hasMore;
    }
  }

  /** What was told from a moment on may have been undone. */
  async #readAgain(hub: Pick<Hub, 'url' | 'token'>, since: number): Promise<void> {
    for (const [id, at] of this.#told) {
      if (at < since) continue;
      const { data, errors } = await ask(hub.url, await hub.token(this.claims), row, { id });
      if (errors) throw new Error(JSON.stringify(errors));
      if (data.organisation) this.copy.add(id);
      else this.copy.delete(id);
    }
  }
}
