import { setTimeout as pause } from 'node:timers/promises';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { asService } from './as-service.ts';
import { compareCopies } from './compare-copies.ts';
import { HubError } from './errors.ts';
import { causeOf, log } from './log.ts';
import { askPeer } from './peer.ts';
import type { ReferenceType } from './reference.ts';
import { Repeated } from './repeated.ts';
import { NoToken, type NotFollowed, type ServiceToken } from './service-token.ts';

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

async function takeOver(orm: MikroORM, { owner, references }: Feed, change: Change): Promise<void> {
  const reference = references.find(
    ({ type, owner: from }) => from === owner && orm.getMetadata().get(type).tableName === change.entity,
  );
  if (!reference || change.kind !== 'ENTERED_SCOPE') return;
  const { actor, requestId, reason } = change;
  // Moving the copy moves every row that hangs on it, by the composite keys' cascade, in this one transaction.
  const move = (em: EntityManager) =>
    em.execute(`update ${change.entity} set division_code = ? where id = ? and division_code <> ?`, [
      change.divisionCode,
      change.entityId,
      change.divisionCode,
    ]);
  await asService(orm, { requestId, reason: reason ?? undefined }, move, actor);
}

/** Whether a row has ended the feed does not say: where a copy keeps it, what has changed is compared with its owner once more. */
async function compareAgain(orm: MikroORM, { owner, references }: Feed, changes: readonly Change[]): Promise<void> {
  for (const { type } of references.filter(each => each.owner === owner && each.ends)) {
    const table = orm.getMetadata().get(type).tableName;
    const ids = changes.filter(({ kind, entity }) => entity === table && kind !== 'LEFT_SCOPE').map(({ entityId }) => entityId);
    if (ids.length === 0) continue;
    await asService(orm, { requestId: 'follow' }, em =>
      em.execute(`update ${table} set compared = false where id = any (?::uuid[]) and compared`, [`{${ids.join(',')}}`]),
    );
  }
}

/** How far a reading of a feed came. */
export interface CaughtUp {
  /** What was committed before this moment has been taken over. */
  upTo: Date;
  /** The owner's database was restored to an earlier moment: what was taken over may have been undone. */
  isRewound: boolean;
}

interface Page {
  cursor: string;
  hasMore: boolean;
  upTo: string | null;
  nodes: Change[];
}

/** Follows a feed from where it was left to its present end. */
export async function catchUp(orm: MikroORM, feed: Feed, url: string, authorization: string): Promise<CaughtUp> {
  const name = `${feed.owner}.${feed.field}`;
  const ours = <T>(work: (em: EntityManager) => Promise<T>) => asService(orm, { requestId: 'follow' }, work);
  const keep = (cursor: string) => ours(em => em.upsert(FeedPosition, { feed: name, cursor }));
  let cursor = (await ours(em => em.findOne(FeedPosition, { feed: name })))?.cursor;
  const query = `query ($after: String) { page: ${feed.field}(after: $after, first: 1000) { cursor hasMore upTo nodes { kind entity entityId divisionCode actor requestId reason } } }`;
  let isRewound = false;
  for (;;) {
    const after: string | undefined = cursor;
    const page = await askPeer<{ page: Page }>(url, authorization, query, { after }).then(
      answer => answer.page,
      error => {
        if (after === undefined || !(error instanceof HubError) || error.code !== 'FEED_REWOUND') throw error;
        cursor = error.extensions.cursor as string | undefined;
        isRewound = true;
        return undefined;
      },
    );
    if (!page) continue;
    for (const change of page.nodes) await takeOver(orm, feed, change);
    await compareAgain(orm, feed, page.nodes);
    if (page.cursor !== cursor) await keep(page.cursor);
    cursor = page.cursor;
    if (!page.hasMore) return { upTo: new Date(page.upTo ?? 0), isRewound };
  }
}

/** A feed that is being followed. */
export interface Following {
  name: string;
  /** Seconds of changes that are not taken over yet, or are held back by an open transaction; null before the first reading. */
  lag(): number | null;
  /** Why it is not being read; null while it is. */
  why(): NotFollowed | null;
  stop(): void;
}

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN'];

function reasonOf(error: unknown): NotFollowed {
  if (error instanceof NoToken) return error.why;
  if (!(error instanceof HubError)) return 'FAILED';
  return refusals.includes(error.code) ? 'REFUSED' : error.code === 'UNAVAILABLE' ? 'OWNER_AWAY' : 'FAILED';
}

const pauseBetween = 500;
const compareAllEvery = 300_000;

/** Follows a feed until stopped, every half second, and compares the copies with their owner. Failures are logged and tried again. */
export function follow(orm: MikroORM, feed: Feed, url: string, authorization: ServiceToken): Following {
  const stopped = new AbortController();
  let upTo: Date | undefined;
  let comparedAt = 0;
  let why: NotFollowed | null = null;
  const failing = new Repeated(log, 'warn', 'feed not followed');
  const step = async (bearer: string) => {
    const reading = await catchUp(orm, feed, url, bearer);
    const isDue = reading.isRewound || Date.now() - comparedAt > compareAllEvery;
    const mended = await compareCopies(orm, feed, url, bearer, isDue ? 'all' : 'new');
    if (mended > 0) log.warn({ feed: feed.field, mended }, 'copies mended');
    if (isDue) comparedAt = Date.now();
    upTo = reading.upTo;
    why = null;
    failing.over({ feed: feed.field });
  };
  const fail = (error: unknown) => {
    why = reasonOf(error);
    failing.happened({ feed: feed.field, why, cause: causeOf(error) });
  };
  (async () => {
    while (!stopped.signal.aborted) {
      await authorization().then(step).catch(fail);
      await pause(pauseBetween, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    name: feed.field,
    lag: () => (upTo === undefined ? null : Math.max(0, (Date.now() - upTo.getTime()) / 1000)),
    why: () => why,
    stop: () => stopped.abort(),
  };
}
