import pg from 'pg';
import type { Passwords } from './passwords.ts';

/** The database roles a viewer can take; no one logs in as them. */
export const audienceRoles = [
  'hub_committee',
  'hub_organisation',
  'hub_partner',
  'hub_reporting',
  'hub_auditor',
  'hub_service',
] as const;

export interface ServiceUrls {
  /** The powerless login a service serves with. */
  databaseUrl: string;
  /** The owner of the database, for migrations. */
  migrateUrl: string;
}

const powerless = 'nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
const settings = { statement_timeout: '30s', lock_timeout: '10s', idle_in_transaction_session_timeout: '60s' };

/** Brings roles, databases and logins of the services to what the hub expects; may run at every start. */
export async function provision<Service extends string>(
  adminUrl: string,
  services: readonly Service[],
  passwords: Passwords,
): Promise<Record<Service, ServiceUrls>> {
  const odd = services.find(service => !/^[a-z][a-z_]*$/.test(service));
  if (odd !== undefined) throw new Error(`"${odd}" cannot be the name of a service: use a-z and _.`);
  await connected(adminUrl, async run => {
    // Two starts at once would otherwise meet between "is it there" and "create".
    await run(`select pg_advisory_lock(hashtext('hub provision'))`);
    for (const role of audienceRoles) {
      await ensureRole(run, role);
      await run(`alter role ${role} nologin noinherit ${powerless}`);
    }
    await run('revoke all on database postgres, template1 from public');
    for (const service of services) await provisionService(run, adminUrl, service, passwords);
  });
  const urls = services.map(service => {
    const urlOf = (login: string) => urlFor(adminUrl, `hub_${service}`, login, passwords(login));
    return [service, { databaseUrl: urlOf(`hub_${service}`), migrateUrl: urlOf(`hub_${service}_owner`) }];
  });
  return Object.fromEntries(urls);
}

/**
 * What PostgreSQL lets everybody call though it writes past row security, or reaches into the sessions of others: large objects,
 * messages in the log of writes, ending a session of the same login. Only a service itself may cancel its own statements.
 */
const withholdFunctions = `do $$ declare withheld regprocedure; begin
  for withheld in select oid::regprocedure from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and has_function_privilege('public', oid, 'execute')
      and (proname like 'lo\\_%' or proname in ('loread', 'lowrite', 'pg_logical_emit_message', 'pg_cancel_backend', 'pg_terminate_backend'))
  loop execute format('revoke execute on function %s from public', withheld); end loop; end $$`;

type Run = (sql: string) => Promise<pg.QueryResult>;

async function provisionService(run: Run, adminUrl: string, service: string, passwords: Passwords): Promise<void> {
  const login = `hub_${service}`;
  const owner = `hub_${service}_owner`;
  for (const role of [login, owner]) {
    await ensureRole(run, role);
    await run(`alter role ${role} login ${role === login ? 'noinherit' : 'inherit'} ${powerless} password '${passwords(role)}'`);
  }
  for (const [name, value] of Object.entries(settings)) await run(`alter role ${login} set ${name} = '${value}'`);
  await run(`grant ${audienceRoles.join(', ')} to ${login} with inherit false, set true`);
  // So that its functions can tell whose transactions hold a feed back.
  await run(`grant pg_read_all_stats to ${owner}`);

  const found = await run(`select 1 from pg_database where datname = '${login}'`);
  const form = `encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C' template template0`;
  if (found.rowCount === 0) await run(`create database ${login} owner ${owner} ${form}`);
  await run(`revoke all on database ${login} from public`);
  await run(`grant connect on database ${login} to ${login}, ${owner}`);
  await connected(urlFor(adminUrl, login), async inside => {
    await inside(`alter schema public owner to ${owner}`);
    await inside('revoke create on schema public from public');
    await inside(withholdFunctions);
    await inside(`grant execute on function pg_cancel_backend(integer) to ${login}`);
  });
}

async function ensureRole(run: Run, role: string): Promise<void> {
  const found = await run(`select 1 from pg_roles where rolname = '${role}'`);
  if (found.rowCount === 0) await run(`create role ${role}`);
}

async function connected(url: string, work: (run: Run) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(sql => client.query(sql));
  } finally {
    await client.end();
  }
}

function urlFor(adminUrl: string, database: string, login?: string, password?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) url.username = login;
  if (password) url.password = password;
  return url.href;
}
