import { setTimeout as pause } from 'node:timers/promises';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { MikroORM } from '@mikro-orm/postgresql';
import { causeOf, log } from './log.ts';
import { askPeer } from './peer.ts';
import type { ReferenceType } from './reference.ts';
import { session } from './slice.ts';
import type { Viewer } from './viewer.ts';

/** How far a feed of another subgraph has been followed. */
@Entity({ rowLevelSecurity: 'force', policies: [{ name: 'follower', roles: ['hub_service'], using: 'true', check: 'true' }] })
export class FeedPosition {
  @PrimaryKey({ type: 'text' })
  feed!: string;

  @Property({ type: 'text' })
  cursor!: string;
}

export interface Feed {
  /** Which subgraph, and its feed's root field. */
  owner: string;
  field: string;
  /** The reference copies it keeps true. */
  references: ReferenceType[];
}

interface Change {
  kind: string;
  entity: string;
  entityId: string;
  divisionCode: string;
  actor: string;
  requestId: string;
  reason: string | null;
}

const service: Viewer = { actor: 'service', role: 'SERVICE', division: '000000', scopes: new Set() };

async function takeOver(orm: MikroORM, { owner, references }: Feed, change: Change): Promise<void> {
  const reference = references.find(
    ({ type, owner: from }) => from === owner && orm.getMetadata().get(type).tableName === change.entity,
  );
  if (!reference || change.kind !== 'ENTERED_SCOPE') return;
  const { actor, requestId, reason } = change;
  const em = orm.em.fork({ session: session({ ...service, actor }, { requestId, reason: reason ?? undefined }) });
  // Moving the copy moves every row that hangs on it, by the composite keys' cascade, in this one transaction.
  await em.transactional(inner =>
    inner.execute(`update ${change.entity} set division_code = ? where id = ? and division_code <> ?`, [
      change.divisionCode,
      change.entityId,
      change.divisionCode,
    ]),
  );
}

/** Follows a feed from where it was left to its present end. */
export async function catchUp(orm: MikroORM, feed: Feed, url: string, authorization: string): Promise<void> {
  const name = `${feed.owner}.${feed.field}`;
  const asService = () => orm.em.fork({ session: session(service, { requestId: 'follow' }) });
  let cursor = (await asService().transactional(em => em.findOne(FeedPosition, { feed: name })))?.cursor;
  const query = `query ($after: String) { page: ${feed.field}(after: $after, first: 1000) { cursor hasMore nodes { kind entity entityId divisionCode actor requestId reason } } }`;
  for (let more = true; more; ) {
    const { page } = await askPeer<{ page: { cursor: string; hasMore: boolean; nodes: Change[] } }>(url, authorization, query, {
      after: cursor,
    });
    for (const change of page.nodes) await takeOver(orm, feed, change);
    if (page.cursor !== cursor)
      await asService().transactional(em => em.upsert(FeedPosition, { feed: name, cursor: page.cursor }));
    cursor = page.cursor;
    more = page.hasMore;
  }
}

/** A feed that is being followed. */
export interface Following {
  name: string;
  /** Seconds since it was last read to its end; null before the first time. */
  lag(): number | null;
  stop(): void;
}

/** Follows a feed until stopped, every half second. Failures are logged and tried again. */
export function follow(orm: MikroORM, feed: Feed, url: string, authorization: () => string | undefined): Following {
  const stopped = new AbortController();
  let caughtUp: number | undefined;
  (async () => {
    while (!stopped.signal.aborted) {
      const bearer = authorization();
      if (bearer)
        await catchUp(orm, feed, url, bearer).then(
          () => {
            caughtUp = Date.now();
          },
          error => log.warn({ feed: feed.field, cause: causeOf(error) }, 'feed not followed'),
        );
      await pause(500, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    name: feed.field,
    lag: () => (caughtUp === undefined ? null : (Date.now() - caughtUp) / 1000),
    stop: () => stopped.abort(),
  };
}
