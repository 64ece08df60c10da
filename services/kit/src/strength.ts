import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Thrown when the database or a library guards less than the code relies on: the service does not start. */
export class WeakerThanExpected extends Error {}

/**
 * Everything in the catalogue that decides who sees a row, as one hash: row security of each table, policies, privileges, triggers and
 * functions. Kept beside the schema when the guards are applied; another value later means that somebody changed them by hand.
 */
const fingerprint = `
select md5(string_agg(line, E'\\n' order by line collate "C")) as fingerprint from (
  select concat_ws('|', 'table', relname, relkind, relrowsecurity, relforcerowsecurity, relacl, reloptions) from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
  union all select concat_ws('|', 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check) from pg_policies where schemaname = 'public'
  union all select concat_ws('|', 'trigger', tgrelid::regclass, tgname, tgenabled, tgfoid::regproc) from pg_trigger where not tgisinternal
  union all select concat_ws('|', 'function', proname, prosecdef, proacl, proconfig, md5(prosrc)) from pg_proc where pronamespace = 'public'::regnamespace
) guards (line)`;

export async function fingerprintOf(em: EntityManager): Promise<string> {
  const [row] = await em.execute<{ fingerprint: string }[]>(fingerprint);
  return row!.fingerprint;
}

/** The mark the guards leave on the schema: the hash of the script that made them, and the fingerprint they had then. */
export async function markOf(em: EntityManager): Promise<{ script: string; fingerprint: string } | undefined> {
  const [row] = await em.execute<{ mark: string | null }[]>(
    `select obj_description('public'::regnamespace, 'pg_namespace') as mark`,
  );
  const [, script, kept] = /^hub security (\w{64}) (\w{32})$/.exec(row?.mark ?? '') ?? [];
  return script && kept ? { script, fingerprint: kept } : undefined;
}

// Each answers the names of what is wrong, seen by the service's own login.
const questions: Record<string, string> = {
  'PostgreSQL is older than 16': `select current_setting('server_version') as name where current_setting('server_version_num')::int < 160000`,
  'the login is more than a login': `select rolname as name from pg_roles where rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  'the login owns tables': `select relname as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user`,
  'the login inherits a role': `select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname = current_user and (m.inherit_option or m.admin_option)`,
  'an audience can log in or is privileged': `select rolname as name from pg_roles where rolname like 'hub\\_%' and pg_has_role(current_user, oid, 'set') and rolname <> current_user and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole)`,
  'row security is not forced': `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`,
  'a view bypasses row security': `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not coalesce(reloptions @> '{security_invoker=true}', false)`,
};

const least: Record<string, number[]> = { kysely: [0, 29, 9], '@mikro-orm/postgresql': [7, 0, 6] };

const resolve = createRequire(import.meta.url).resolve;

/** A package's own description; not every package exports it. */
function packageOf(name: string): { version: string } {
  const entry = resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  return JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
}

/** Libraries whose older versions leak connections (kysely) or let row security slip (MikroORM). */
function oldLibraries(): string[] {
  return Object.entries(least).flatMap(([name, wanted]) => {
    const { version } = packageOf(name);
    const numbers = version.split(/[.-]/).map(Number);
    const first = wanted.findIndex((number, i) => numbers[i] !== number);
    return first >= 0 && numbers[first]! < wanted[first]! ? [`${name} ${version} is older than ${wanted.join('.')}`] : [];
  });
}

/** Refuses a database that would show more than the code means to show. `script` is the hash of the guards this code applies. */
export async function assertStrong(em: EntityManager, script: string): Promise<void> {
  const faults = oldLibraries();
  for (const [fault, sql] of Object.entries(questions)) {
    const names = (await em.execute<{ name: string }[]>(sql)).map(({ name }) => name);
    if (names.length > 0) faults.push(`${fault} (${names.join(', ')})`);
  }
  const mark = await markOf(em);
  if (mark?.script !== script) faults.push('its guards are those of another version: migrate it (npm run migrate)');
  else if (mark.fingerprint !== (await fingerprintOf(em)))
    faults.push('policies, privileges or triggers were changed by hand: migrate it (npm run migrate)');
  if (faults.length > 0) throw new WeakerThanExpected(`the database guards less than the code expects: ${faults.join('; ')}.`);
}
