// Copies the sample city over the whole country, so that its own rows are a few among ten million.
import { subgraphs } from '@hub/launcher/layout';
import pg from 'pg';

type Service = (typeof subgraphs)[number];

/** How many copies of which tables. Revisions are not copied: no figure or list of today reads them. */
const copied: Record<Service, { copies: number; tables: string[] }> = {
  organisations: { copies: 10_000, tables: ['organisation', 'figure', 'branch', 'branch_organisation'] },
  people: { copies: 12_500, tables: ['organisation', 'branch', 'person', 'branch_membership', 'post'] },
  campaigns: {
    copies: 250,
    tables: ['organisation', 'branch', 'person', 'nomination', 'award', 'media_account', 'content_item', 'metric_observation'],
  },
  programs: { copies: 10_000, tables: ['organisation', 'session', 'donation'] },
};
/** Of these there is one for all copies. */
const shared = ['program_id', 'campaign_id', 'round_id', 'committee_id', 'nominated_by_id'];
/** No two rows may have the same. */
const unique = ['credit_code', 'identity_hash', 'handle', 'certificate_no', 'receipt_no'];
const perStatement = 250;

/** What a column of copy `k` holds; an id keeps what points at it, in every database. */
function expression(column: string, type: string): string {
  if (column === 'division_code') return 't.division_code';
  if (type === 'uuid' && !shared.includes(column)) return `(lpad(to_hex(k), 8, '0') || substr(s.${column}::text, 9))::uuid`;
  if (unique.includes(column)) return `s.${column} || '-' || k`;
  return `s.${column}`;
}

/** Where each copy of a division goes: counties of other cities in turn, cities for the city. */
const targets = (copies: number) => `create temporary table target as
  with divisions as (
    select code, level, row_number() over (partition by level order by code) - 1 as place, count(*) over (partition by level) as number
    from unnest($1::text[], $2::text[]) as d (code, level)
  ), origins as (
    select code as origin, case when code = '220100' then 'CITY' else 'COUNTY' end as level, row_number() over (order by code) as place,
      count(*) over () as number
    from unnest($3::text[]) as o (code)
  )
  select k, o.origin, d.code as division_code from generate_series(1, ${copies}) k cross join origins o
    join divisions d on d.level = o.level and d.place = (k * o.number + o.place) % d.number`;

/** Writes the copies of a table whose own rows stand in `original_<table>`; indexes are made again afterwards. */
async function copyTable(client: pg.Client, table: string, copies: number): Promise<string> {
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `select column_name as name, udt_name as type from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
    [`"${table}"`],
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  for (let first = 1; first <= copies; first += perStatement)
    await client.query(
      `insert into "${table}" (${columns.map(({ name }) => name).join(', ')})
       select ${columns.map(({ name, type }) => expression(name, type)).join(', ')}
       from target t join "original_${table}" s on s.division_code = t.origin
       where k between $1 and $2 order by k`,
      [first, Math.min(copies, first + perStatement - 1)],
    );
  for (const { definition } of indexes) await client.query(definition);
  await client.query(`vacuum (analyze) "${table}"`);
  const { rows } = await client.query(`select count(*)::int as rows from "${table}"`);
  return `${rows[0].rows.toLocaleString('en')} ${table}`;
}

async function connect(adminUrl: string, service: Service): Promise<pg.Client> {
  const url = Object.assign(new URL(adminUrl), { pathname: `/hub_${service}` });
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  return client;
}

async function growOne(adminUrl: string, service: Service, divisions: { code: string; level: string }[]): Promise<string> {
  const { copies, tables } = copied[service];
  const client = await connect(adminUrl, service);
  try {
    await client.query(`set session_replication_role = replica; set work_mem = '256MB'; set maintenance_work_mem = '1GB'`);
    const origins = new Set<string>();
    for (const table of tables) {
      await client.query(`create temporary table "original_${table}" as select * from "${table}"`);
      const { rows } = await client.query(`select distinct division_code as code from "${table}"`);
      for (const { code } of rows) origins.add(code);
    }
    await client.query(targets(copies), [divisions.map(d => d.code), divisions.map(d => d.level), [...origins]]);
    await client.query('create index on target (k, origin); analyze target');
    const counts: string[] = [];
    for (const table of tables) counts.push(await copyTable(client, table, copies));
    return `${service}: ${counts.join(', ')}`;
  } finally {
    await client.end();
  }
}

/** Fills the databases of a PostgreSQL that holds the sample; the rows the sample made stay as they are. Answers what is there then. */
export async function grow(adminUrl: string): Promise<string[]> {
  const client = await connect(adminUrl, 'organisations');
  const { rows } = await client
    .query(
      `select code, level from division where level in ('CITY', 'COUNTY') and scheme = 'GB_T_2260' and code not like '2201%'`,
    )
    .finally(() => client.end());
  return Promise.all(subgraphs.map(service => growOne(adminUrl, service, rows)));
}
