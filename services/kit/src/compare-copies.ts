import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { asService } from './as-service.ts';
import type { Feed } from './follow.ts';
import { askPeer } from './peer.ts';
import { mostWhereabouts, whereaboutsOf } from './whereabouts.ts';

/** Copies nobody has compared yet, or all of them. */
export type Which = 'new' | 'all';

interface Copy {
  id: string;
  division_code: string;
}

const nowhere = '00000000-0000-0000-0000-000000000000';

/**
 * Compares reference copies with their owner and mends what differs; answers how many it mended. The feed alone leaves two holes: a row
 * first mentioned while its organisation moves is not there yet when the feed says so, and a restored database forgets or repeats moves.
 * Called between two readings of the feed, never beside one: what the owner says now stands before whatever the feed brings next.
 */
export async function compareCopies(
  orm: MikroORM,
  feed: Feed,
  url: string,
  authorization: string,
  which: Which,
): Promise<number> {
  let mended = 0;
  const ours = <T>(work: (em: EntityManager) => Promise<T>) =>
    asService(orm, { requestId: 'compare', reason: 'compared with its owner' }, work);
  for (const { type, ends } of feed.references.filter(({ owner }) => owner === feed.owner)) {
    const table = orm.getMetadata().get(type).tableName;
    const asked = [
      `at: ${whereaboutsOf(feed.field)}(entity: $entity, ids: $ids)`,
      ...(ends ? [`ended: ${ends}(ids: $ids)`] : []),
    ];
    const query = `query ($entity: String!, $ids: [ID!]!) { ${asked.join(' ')} }`;
    const compared = which === 'new' ? 'and not compared' : '';
    for (let after = nowhere, more = true; more; ) {
      const copies = await ours(em =>
        em.execute<Copy[]>(
          `select id, division_code from ${table} where id > ? ${compared} order by id limit ${mostWhereabouts}`,
          [after],
        ),
      );
      more = copies.length === mostWhereabouts;
      if (copies.length === 0) break;
      after = copies.at(-1)!.id;
      const { at, ended = [] } = await askPeer<{ at: (string | null)[]; ended?: string[] }>(url, authorization, query, {
        entity: table,
        ids: copies.map(({ id }) => id),
      });
      // A row its owner does not know (its import was taken back) stays where it is.
      const found = copies.map(({ id, division_code }, i) => ({
        id,
        division_code: at[i] ?? division_code,
        ended: ended.includes(id),
      }));
      mended += found.filter(({ division_code }, i) => division_code !== copies[i]!.division_code).length;
      await ours(em =>
        em.execute(
          `update ${table} t set division_code = v.division_code, compared = true ${ends ? ', ended = v.ended' : ''}
           from jsonb_to_recordset(?::jsonb) v (id uuid, division_code text, ended boolean)
           where t.id = v.id and (t.division_code <> v.division_code or not t.compared ${ends ? 'or t.ended <> v.ended' : ''})`,
          [JSON.stringify(found)],
        ),
      );
    }
  }
  return mended;
}
