import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Context } from './context.ts';
import { isWritingHere } from './epoch.ts';
import { databaseRole } from './slice.ts';

/**
 * When a transaction that changed something was committed: all of it became true at that moment, whatever took how long. It says of no row
 * what it is or whose, so everybody who reads revisions may compare with it (docs/decisions/a-moment-is-whole.md).
 */
@Entity({
  rowLevelSecurity: 'force',
  policies: [{ name: 'everyone', command: 'select', roles: Object.values(databaseRole), using: 'true' }],
})
export class Moment {
  @PrimaryKey({ type: 'integer', autoincrement: false })
  epoch!: number;

  @PrimaryKey({ columnType: 'xid8' })
  xid!: string;

  @Property({ type: 'timestamptz', defaultRaw: 'clock_timestamp()' })
  at!: Date;
}

/**
 * `at` is read from the clock as the last thing before the commit. A transaction that still runs may have read it already and not be seen
 * yet: before the start of the oldest of them every moment is whole. One that has just ended may be seen by nobody who began before: a
 * moment is whole after a second at the soonest.
 */
export const momentFunctions = `
create or replace function moment_of_commit() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update moment set at = clock_timestamp() where epoch = new.epoch and xid = new.xid;
  return null;
end $$;
drop trigger if exists at_commit on moment;
create constraint trigger at_commit after insert on moment deferrable initially deferred for each row execute function moment_of_commit();
create or replace function whole_until() returns timestamptz language sql stable security definer set search_path = public as $$
  select least(now() - interval '1 second', min(xact_start)) from pg_stat_activity where ${isWritingHere}
$$;
grant execute on function whole_until() to ${Object.values(databaseRole).join(', ')};`;

/** The moment asked for, or the last whole one before it: what is answered for it once is answered for it ever. */
export function wholeMoment(context: Context, asked: Date): Promise<string> {
  return context
    .batched<string>('whole moment', async moments => {
      const rows = await context.read.execute<{ moment: string }>(
        `select to_char(least(m::timestamptz, whole_until()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment
         from unnest(?::text[]) with ordinality as t (m, n) order by n`,
        [`{${moments.join(',')}}`],
      );
      return rows.map(({ moment }) => moment);
    })
    .load(asked.toISOString());
}
