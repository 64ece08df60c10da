import type { Subgraph } from '@hub/launcher/layout';
import pg from 'pg';
import type { World } from './worlds/world.ts';

const rows = (table: string) => `from ${table} x where x.division_code >= lo and x.division_code < hi`;
const counted = (condition: string) => `(count(*) filter (where ${condition}))::int`;
const summed = (column: string, value: string) => `coalesce(sum(l.value) filter (where l.${column} = '${value}'), 0)::float8`;
const standing = `(select x.id ${rows('organisation')} and x.status <> 'DISSOLVED')`;
const isSecretary = `x.branch_id is not null and x.kind = 'SECRETARY' and x.ended_on is null`;
const counting = 'not x.reversed and x.reversal_of_id is null';
const given = (kinds: string) =>
  `(select coalesce(sum(coalesce(x.amount, x.valuation_amount)), 0)::float8 ${rows('donation')} and x.kind in (${kinds}))`;

/** Figures of a division by what the hub asks for them, all in one statement; `lo` and `hi` are the division's interval. */
const figures = (outcome: string, statement: string) =>
  `(lo text, hi text, ${outcome}) language sql stable as $$ ${statement} $$`;
/** A set even where it is one row: PostgreSQL puts its statement into the one that asks, and does not call it for each parent. */
const setOf = (type: string, parameter: string, statement: string) =>
  `(${parameter}) returns setof ${type} language sql stable rows 1 as $$ ${statement} $$`;

/** What stands in no column, as users of PostGraphile tell it such things. Row security is that of who calls. */
const functions: Record<Subgraph, Record<string, string>> = {
  organisations: {
    figures: figures(
      `out organisations int, out key_organisations int, out employees float8, out output_value float8, out reported_members float8,
       out branches int, out solo_branches int, out joint_branches int, out covered_organisations int`,
      `select o.*, f.*, b.*, c.* from
         (select count(*)::int, ${counted('x.is_key')} ${rows('organisation')} and x.status <> 'DISSOLVED') o,
         (select ${['EMPLOYEES', 'OUTPUT_VALUE', 'REPORTED_MEMBERS'].map(indicator => summed('indicator', indicator)).join(', ')}
          from (select distinct on (x.organisation_id, x.indicator) x.indicator, x.value ${rows('figure')} and x.organisation_id in ${standing}
                order by x.organisation_id, x.indicator, x.period_end desc) l) f,
         (select count(*)::int, ${counted("x.kind = 'SOLO'")}, ${counted("x.kind = 'JOINT'")} ${rows('branch')} and x.dissolved_on is null) b,
         (select count(distinct x.organisation_id)::int ${rows('branch_organisation')} and x.left_on is null and x.organisation_id in ${standing}
          and x.branch_id in (select id from branch where dissolved_on is null)) c`,
    ),
    employees: setOf(
      'float8',
      'organisation uuid',
      `select value from figure where organisation_id = organisation and indicator = 'EMPLOYEES' order by period_end desc limit 1`,
    ),
    living_branches: setOf(
      'branch',
      'organisation uuid',
      `select b.* from branch_organisation l join branch b on b.id = l.branch_id
       where l.organisation_id = organisation and l.left_on is null order by l.id`,
    ),
  },
  people: {
    figures: figures(
      `out people int, out verified_people int, out members int, out full_members int, out probationary_members int,
       out branches_with_members int, out secretaries int, out branches_with_secretary int`,
      `select p.*, m.*, s.* from
         (select count(*)::int, ${counted("x.real_name_status = 'VERIFIED'")} ${rows('person')}) p,
         (select count(*)::int, ${counted("x.status = 'FULL'")}, ${counted("x.status = 'PROBATIONARY'")}, count(distinct x.branch_id)::int
          ${rows('branch_membership')} and x.left_on is null) m,
         (select (count(distinct x.person_id) filter (where ${isSecretary}))::int, (count(distinct x.branch_id) filter (where ${isSecretary}))::int
          ${rows('post')}) s`,
    ),
    person_shown_name: `(p person) returns text language sql stable as $$ select left(p.name, 1) || '*' $$`,
    member_count: setOf(
      'int',
      'organisation uuid',
      `select count(*)::int from branch_membership m join person p on p.id = m.person_id
       where p.organisation_id = organisation and m.left_on is null`,
    ),
    secretary: setOf(
      'person',
      'branch uuid',
      `select p.* from post x join person p on p.id = x.person_id
       where x.branch_id = branch and x.kind = 'SECRETARY' and x.ended_on is null`,
    ),
  },
  campaigns: {
    figures: figures(
      `out campaigns int, out nominations int, out awards int, out awarded_people int, out awarded_organisations int,
       out content_items int, out articles int, out short_videos int, out posters int, out relays int, out reads float8, out reposts float8`,
      `select (select count(*)::int ${rows('campaign')}), (select count(*)::int ${rows('nomination')}), a.*, i.*, m.* from
         (select count(*)::int, count(distinct x.person_id)::int, count(distinct x.organisation_id)::int ${rows('award')} and x.revoked_on is null) a,
         (select count(*)::int, ${['ARTICLE', 'SHORT_VIDEO', 'POSTER', 'RELAY'].map(kind => counted(`x.kind = '${kind}'`)).join(', ')}
          ${rows('content_item')}) i,
         (select ${summed('metric', 'READS')}, ${summed('metric', 'REPOSTS')}
          from (select distinct on (x.item_id, x.metric) x.metric, x.value ${rows('metric_observation')} and x.metric in ('READS', 'REPOSTS')
                order by x.item_id, x.metric, x.observed_at desc) l) m`,
    ),
  },
  programs: {
    figures: figures(
      `out programs int, out active_programs int, out lessons int, out sessions_held int, out sessions_planned int, out seniors int,
       out volunteers int, out donations int, out donors int, out donated_money float8, out donated_goods float8, out donated_services float8,
       out donated_total float8`,
      `select (select count(*)::int ${rows('program')}), (select count(*)::int ${rows('program')} and x.state = 'ACTIVE'),
         (select count(*)::int ${rows('lesson')}),
         (select count(*)::int ${rows('session')} and x.state = 'HELD'), (select count(*)::int ${rows('session')} and x.state = 'PLANNED'),
         (select coalesce(sum(x.seniors), 0)::int ${rows('session')} and x.state = 'HELD'),
         (select coalesce(sum(x.volunteers), 0)::int ${rows('session')} and x.state = 'HELD'),
         (select count(*)::int ${rows('donation')} and ${counting}),
         (select count(distinct coalesce(x.donor_organisation_id, x.donor_person_id))::int ${rows('donation')} and ${counting}),
         ${given(`'MONEY'`)}, ${given(`'GOODS'`)}, ${given(`'SERVICE'`)}, ${given(`'MONEY', 'GOODS', 'SERVICE'`)}`,
    ),
    donation_total: setOf(
      'float8',
      'organisation uuid',
      'select coalesce(sum(coalesce(amount, valuation_amount, 0)), 0)::float8 from donation where donor_organisation_id = organisation',
    ),
  },
};

/** Made by the owners, to be called by committees only. */
export async function createFunctions({ databases }: World): Promise<void> {
  for (const [name, own] of Object.entries(functions)) {
    const client = new pg.Client({ connectionString: databases![name]!.migrateUrl });
    await client.connect();
    for (const [called, definition] of Object.entries(own))
      await client.query(`create or replace function ${called} ${definition};
        revoke execute on function ${called} from public;
        grant execute on function ${called} to hub_committee`);
    await client.end();
  }
}
