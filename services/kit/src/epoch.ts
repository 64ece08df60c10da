import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { MikroORM } from '@mikro-orm/postgresql';
import { asService } from './as-service.ts';
import { causeOf, log } from './log.ts';
import { databaseRole } from './slice.ts';

/**
 * One life of one database: a server, its timeline, the database in it. After a dump and restore, or a recovery to a moment, another
 * one begins, in which the numbers of transactions start anew or mean something else. Nobody's slice: functions of the owner read it.
 */
@Entity({ rowLevelSecurity: 'force', policies: [] })
export class Epoch {
  @PrimaryKey({ type: 'integer', autoincrement: false })
  number!: number;

  @Property({ type: 'text' })
  life!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  begunAt!: Date;

  /** Every transaction below this one had ended when this was written: what a recovery kept of the mark, it kept of them. */
  @Property({ columnType: 'xid8', defaultRaw: `'0'::xid8` })
  decided!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'now()' })
  decidedAt!: Date;
}

const definer = 'security definer set search_path = public';
const ownDatabase = '(select oid from pg_database where datname = current_database())';
/** Of a row of pg_stat_activity: its transaction may still change something here. The snapshot does not name those that began after the last one that ended. */
export const isWritingHere = `datid = ${ownDatabase} and backend_xid is not null and pid <> pg_backend_pid()`;

/**
 * The functions positions in the feed stand on. A session of another database cannot hold ours back: of the running transactions that
 * the snapshot names those are left out which pg_stat_activity proves to be another database's; what cannot be placed counts as ours.
 */
export const positionFunctions = `
create or replace function current_epoch() returns int language plpgsql ${definer} as $$
declare
  known epoch;
  mine text := concat_ws(' ', (select system_identifier from pg_control_system()),
    left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), ${ownDatabase}, 'revision'::regclass::oid);
begin
  loop
    select * into known from epoch order by number desc limit 1;
    if known.life = mine then return known.number; end if;
    insert into epoch (number, life) values (coalesce(known.number, 0) + 1, mine) on conflict do nothing;
  end loop;
end $$;
create or replace function feed_head() returns table (epoch int, life text, horizon xid8, decided xid8, up_to timestamptz)
language sql stable ${definer} as $$
  select e.number, left(md5(e.life), 8), coalesce(own.oldest, pg_snapshot_xmax(s.now)), e.decided, coalesce(own.since, now())
  from (select pg_current_snapshot() as now) s
  cross join lateral (select number, life, decided from epoch order by number desc limit 1) e
  cross join lateral (
    select min(x.id) as oldest, (select min(xact_start) from pg_stat_activity where ${isWritingHere}) as since
    from pg_snapshot_xip(s.now) x (id) left join pg_stat_activity a on a.backend_xid = x.id::xid
    where a.datid is null or a.datid = ${ownDatabase}
  ) own
$$;
create or replace function mark_feed() returns void language plpgsql ${definer} as $$
declare
  current int := current_epoch();
  head record;
begin
  select * into head from feed_head();
  update epoch e set decided = head.horizon, decided_at = now() where e.number = current and e.decided < head.horizon
    and exists (select from revision r where r.epoch = current and r.xid >= e.decided and r.xid < head.horizon);
end $$;
create or replace function feed_ends(of_epoch int) returns table (life text, decided xid8, decided_at timestamptz)
language sql stable ${definer} as $$
  select left(md5(life), 8), decided, decided_at from epoch where number = of_epoch
$$;
grant execute on function feed_head(), feed_ends(int) to ${Object.values(databaseRole).join(', ')};
grant execute on function mark_feed() to hub_service;`;

const every = 2_000;

/** Marks how far all transactions have ended; it is also what begins the epoch of a database that was restored. */
export const markFeed = (orm: MikroORM): Promise<unknown> =>
  asService(orm, { requestId: 'mark' }, em => em.execute('select mark_feed()'));

/** Marks every other second until stopped; a mark is written only where something has changed. */
export function tendMarks(orm: MikroORM): () => void {
  const timer = setInterval(
    () => markFeed(orm).catch(error => log.debug({ cause: causeOf(error) }, 'feed not marked')),
    every,
  ).unref();
  return () => clearInterval(timer);
}
