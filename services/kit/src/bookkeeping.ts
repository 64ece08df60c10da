import type { MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { asService } from './as-service.ts';
import { causeOf, log } from './log.ts';

/** How long the hub's own bookkeeping is kept. Revisions and the read log are records, not bookkeeping: they stay. */
export const bookkeepingEnv = {
  HUB_KEEP_ANSWERS_DAYS: z.coerce.number().int().min(1).max(366).default(7),
  HUB_KEEP_TRIALS_DAYS: z.coerce.number().int().min(1).max(366).default(7),
};
export type Keeping = z.infer<z.ZodObject<typeof bookkeepingEnv>>;

// Security definer: the records are their callers' own, and no viewer's role sees another's. It answers counts only, and never
// takes what is younger than an hour, whoever calls it.
export const pruneFunction = `
create or replace function prune_bookkeeping(answers interval, trials interval, most int) returns table (pruned bigint)
language plpgsql security definer set search_path = public as $$
begin
  if least(answers, trials) < interval '1 hour' then
    raise exception 'bookkeeping is kept for an hour at least';
  end if;
  delete from idempotency where ctid = any (array(select ctid from idempotency where at < now() - answers limit most));
  get diagnostics pruned = row_count;
  return next;
  update import_batch set state = 'FAILED', header = null,
    message = 'Nothing was applied: its rows were kept for a while and then removed; upload the file again (未导入：暂存内容已到期清除，请重新上传).'
    where state in ('STAGED', 'READY') and created_at < now() - trials;
  delete from import_row r using import_batch b where b.id = r.batch_id and b.state = 'FAILED' and r.ctid = any (array(
    select r.ctid from import_row r join import_batch b on b.id = r.batch_id where b.state = 'FAILED' and r.cells is not null limit most));
  get diagnostics pruned = row_count;
  return next;
end $$;
grant execute on function prune_bookkeeping(interval, interval, int) to hub_service;`;

/** In one transaction, so that none holds the feeds back for long. */
const most = 10_000;

/** Removes answers kept under idempotency keys and the cells of files that were only tried, once they are old enough. */
export async function pruneBookkeeping(orm: MikroORM, { HUB_KEEP_ANSWERS_DAYS, HUB_KEEP_TRIALS_DAYS }: Keeping): Promise<void> {
  for (let more = true; more; ) {
    const rows = await asService(orm, { requestId: 'prune' }, em =>
      em.execute<{ pruned: string }[]>(
        `select pruned from prune_bookkeeping(make_interval(days => ?), make_interval(days => ?), ?)`,
        [HUB_KEEP_ANSWERS_DAYS, HUB_KEEP_TRIALS_DAYS, most],
      ),
    );
    more = rows.some(({ pruned }) => Number(pruned) >= most);
  }
}

const hourly = 3_600_000;

/** Prunes now and every hour until stopped. A failure is logged and made up for the next time. */
export function tendBookkeeping(orm: MikroORM, keeping: Keeping): () => void {
  const prune = () =>
    pruneBookkeeping(orm, keeping).catch(error => log.warn({ cause: causeOf(error) }, 'bookkeeping not pruned'));
  void prune();
  const timer = setInterval(prune, hourly).unref();
  return () => clearInterval(timer);
}
