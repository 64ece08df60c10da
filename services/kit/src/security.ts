import { createHash } from 'node:crypto';
import type { EntityMetadata, MikroORM, PolicyDef } from '@mikro-orm/postgresql';
import { pruneFunction } from './bookkeeping.ts';
import { positionFunctions } from './epoch.ts';
import { momentFunctions } from './moment.ts';
import { policiesOf } from './orm.ts';
import { searchFunction } from './searchable.ts';
import { databaseRole } from './slice.ts';

const audiences = Object.values(databaseRole);
const privileges = {
  select: 'select',
  insert: 'insert',
  update: 'update',
  delete: 'delete',
  all: 'insert, update, delete',
} as const;
const roleList = (roles: string[] = []) => roles.join(', ');

/** Tables that keep revisions: those whose rows belong to divisions and are not the hub's own bookkeeping. */
export const isDomainTable = (meta: EntityMetadata) => Boolean(meta.properties.divisionCode && meta.versionProperty);

const policy = (table: string, { name, command = 'all', roles, using, check }: PolicyDef) =>
  `create policy "${name}" on ${table} for ${command} to ${roleList(roles)}${using ? ` using (${using})` : ''}${check ? ` with check (${check})` : ''};`;

const grants = (table: string, policies: PolicyDef[]) =>
  policies
    .filter(({ command }) => command !== 'select')
    .map(({ command = 'all', roles }) => `grant ${privileges[command]} on ${table} to ${roleList(roles)};`);

/** Reads the row as it was: the last revision committed by then, unless the row had left or gone. Before moments were kept a revision's own time counts. */
const asOf = (table: string) => `
create or replace function as_of_${table}(moment timestamptz) returns setof ${table} language sql stable as $$
  select p.* from (
    select distinct on (v.entity_id) v.action, v.data from revision v left join moment m on m.epoch = v.epoch and m.xid = v.xid
    where v.entity = '${table}' and coalesce(m.at, v.at) <= as_of_${table}.moment order by v.entity_id, v.seq desc
  ) r cross join lateral jsonb_populate_record(null::${table}, r.data) p
  where r.action not in ('leave', 'delete')
$$;
grant execute on function as_of_${table}(timestamptz) to ${roleList(audiences)};`;

const change =
  'epoch int, xid xid8, seq bigint, entity text, entity_id uuid, version int, action text, division_code text, at timestamptz, actor text, request_id text, reason text';

// Along its index, always: after a large import the statistics know nothing yet of the new revisions, and each page would sort them all.
// The head is the caller's, read once: two readings of it may differ, and what lies between them would be skipped.
const changesAfter = `
drop function if exists changes_after(xid8, bigint, int);
create or replace function changes_after(after_epoch int, after_xid xid8, after_seq bigint, head_epoch int, horizon xid8, most int)
returns table (${change}) language sql stable set enable_sort = off set enable_bitmapscan = off as $$
  select ${change.replace(/ \w+(,|$)/g, '$1')} from revision r
  where (r.epoch, r.xid, r.seq) > (after_epoch, after_xid, after_seq) and (r.epoch, r.xid, r.seq) < (head_epoch, horizon, 0)
  order by r.epoch, r.xid, r.seq limit most
$$;
grant execute on function changes_after(int, xid8, bigint, int, xid8, int) to ${roleList(audiences)};`;

const trigger = (table: string, event: string, transition: string) => `
create or replace trigger revise_${event} after ${event} on ${table} referencing ${transition} for each statement execute function revise();`;

const revisions = (table: string) =>
  trigger(table, 'insert', 'new table as new_rows') +
  trigger(table, 'update', 'old table as old_rows new table as new_rows') +
  trigger(table, 'delete', 'old table as old_rows') +
  asOf(table);

// One row per changed row; a move between divisions writes two: `leave` without data for the old slice, then `enter`.
// Security definer: viewers may not write revisions themselves. The actor comes from a setting, never from current_user. A table may have a
// column `reason` of its own: the names below are this function's.
const reviseFunction = `
create or replace function revise() returns trigger language plpgsql security definer set search_path = public as $$
#variable_conflict use_variable
declare
  actor text := coalesce(nullif(current_setting('hub.actor', true), ''), session_user);
  request text := coalesce(nullif(current_setting('hub.request', true), ''), 'none');
  client_request text := nullif(current_setting('hub.client_request', true), '');
  reason text := nullif(current_setting('hub.reason', true), '');
  batch uuid := nullif(current_setting('hub.batch', true), '')::uuid;
  life int := current_epoch();
begin
  if tg_op = 'INSERT' then
    insert into revision (epoch, entity, entity_id, version, action, division_code, actor, request_id, client_request_id, reason, batch, data)
    select life, tg_table_name, n.id, n.version, 'insert', n.division_code, actor, request, client_request, reason, batch, to_jsonb(n) from new_rows n;
  elsif tg_op = 'DELETE' then
    insert into revision (epoch, entity, entity_id, version, action, division_code, actor, request_id, client_request_id, reason, batch, data)
    select life, tg_table_name, o.id, o.version, 'delete', o.division_code, actor, request, client_request, reason, batch, to_jsonb(o) from old_rows o;
  else
    insert into revision (epoch, entity, entity_id, version, action, division_code, actor, request_id, client_request_id, reason, batch, data)
    select life, tg_table_name, n.id, n.version, m.action, m.division_code, actor, request, client_request, reason, batch, m.data
    from new_rows n join old_rows o using (id) cross join lateral (
      select 'leave', o.division_code, null::jsonb where o.division_code <> n.division_code
      union all
      select case when o.division_code = n.division_code then 'update' else 'enter' end, n.division_code, to_jsonb(n)
    ) m (action, division_code, data)
    where to_jsonb(n) - 'version' is distinct from to_jsonb(o) - 'version'
    order by n.id, m.action desc;
  end if;
  insert into moment (epoch, xid) values (life, pg_current_xact_id()) on conflict do nothing;
  return null;
end $$;`;

/** Identity shares the machinery of slices and takes no operations under keys and no ledgers. */
const hasBookkeeping = (metas: EntityMetadata[]) => metas.some(({ tableName }) => tableName === 'import_row');

/**
 * Everything that guards the tables, as one script made from the entities: forced row security, policies, grants, revision triggers.
 * Run after the migrations; running it again changes nothing.
 */
export function securityScript(orm: MikroORM): string {
  const metas = [...orm.getMetadata().getAll().values()].filter(meta => meta.tableName && !meta.abstract && !meta.pivotTable);
  const tables = metas.map(meta => {
    const table = meta.tableName;
    const policies = policiesOf(meta);
    // A partner follows what is shared with it: the inner select stands under the partner's own row security.
    const shared = isDomainTable(meta) && policies.some(({ roles }) => roles?.includes('hub_partner'));
    const feed: PolicyDef = {
      name: `partner_${table}`,
      command: 'select',
      roles: ['hub_partner'],
      using: `entity = '${table}' and entity_id in (select id from ${table})`,
    };
    return [
      `grant select on ${table} to ${roleList(audiences)};`,
      ...policies.map(each => policy(table, each)),
      ...grants(table, policies),
      isDomainTable(meta) ? revisions(table) : '',
      searchFunction(meta),
      shared ? policy('revision', feed) : '',
    ].join('\n');
  });
  return `
do $$ declare t record; p record; begin
  for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', p.policyname, p.tablename);
  end loop;
  for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') loop
    execute format('alter table %I enable row level security; alter table %I force row level security; revoke all on %I from public, ${roleList(audiences)}', t.relname, t.relname, t.relname);
    -- The owner migrates and keeps revisions; no running service can become it.
    execute format('create policy owner on %I to current_user using (true) with check (true)', t.relname);
  end loop;
end $$;
grant usage on schema public to ${roleList(audiences)};
${positionFunctions}
${momentFunctions}
${reviseFunction}
${changesAfter}
${hasBookkeeping(metas) ? pruneFunction : ''}
${tables.join('\n')}
revoke execute on all functions in schema public from public;
`;
}

export const hashOf = (script: string) => createHash('sha256').update(script).digest('hex');
