import { connected, type Run, urlFor } from './administrator.ts';
import { type Administrator, administratorOf, asOwners } from './as-owners.ts';
import { databaseNeeds } from './database-needs.ts';
import { databaseOf, wantedRoles } from './hub-roles.ts';
import { insideNeeds } from './inside-needs.ts';
import type { Look, Need } from './need.ts';
import type { Passwords } from './passwords.ts';
import { roleNeeds } from './role-needs.ts';
import { scramVerifier } from './scram.ts';
import { serverNeeds } from './server-needs.ts';

export interface ProvisionOptions {
  /** Asked for a login's password when that is made. */
  passwords: Passwords;
  /** The whole server is the hub's: nobody enters its other databases. */
  isOurs?: boolean;
  /** Looks and changes nothing. */
  isCheck?: boolean;
  /** Gives the logins that are there new passwords. */
  renews?: boolean;
}

export interface Provisioned {
  /** What was wrong and is mended. */
  changed: Need[];
  /** What is wrong still. */
  left: Need[];
}

/** Makes what the services need of a PostgreSQL, or says what is wrong with it. What is right already is left as it is. */
export async function provisionServer(
  adminUrl: string,
  services: readonly string[],
  { passwords, isOurs = false, isCheck = false, renews = false }: ProvisionOptions,
): Promise<Provisioned> {
  const odd = services.find(service => !/^[a-z][a-z_]*$/.test(service));
  if (odd !== undefined) throw new Error(`"${odd}" cannot be the name of a service: use a-z and _.`);
  const done: Provisioned = { changed: [], left: [] };
  const settle = async (run: Run, look: Look) => {
    const { changed, left } = await settled(run, look, isCheck);
    done.changed.push(...changed);
    done.left.push(...left);
  };
  const passwordOf = (login: string) => (isCheck ? `password '…'` : `password '${scramVerifier(passwords(login))}'`);

  await connected(adminUrl, async run => {
    const me = await administratorOf(run);
    // Two that run at once would otherwise meet between "is it there" and "create".
    await run(`select pg_advisory_lock(hashtext('hub provision'))`);
    await settle(run, () => serverNeeds(run, isOurs));
    const roles = wantedRoles(services);
    const there = await run<{ rolname: string }>('select rolname from pg_roles where rolcanlogin and rolname = any($1)', [
      roles.map(({ name }) => name),
    ]);
    await settle(run, () => roleNeeds(run, roles, passwordOf));
    if (renews && !isCheck) for (const { rolname } of there) done.changed.push(await renewed(run, rolname, passwordOf));
    await asOwners(run, me, isCheck ? [] : services, async () => {
      for (const service of services) await settle(run, () => databaseNeeds(run, service));
      for (const service of services) {
        const url = urlFor(adminUrl, databaseOf(service));
        if (await mayEnter(run, databaseOf(service)))
          await connected(url, inside => settle(inside, () => insideNeeds(inside, service)));
      }
    });
    if (done.left.some(({ optional }) => !optional)) done.left.push(...limitsOf(me));
  });
  return done;
}

/** Mends what it can and looks again: PostgreSQL takes back a right that is not ours to take without an error. */
async function settled(run: Run, look: Look, isCheck: boolean): Promise<Provisioned> {
  const needs = await look();
  if (isCheck || needs.length === 0) return { changed: [], left: needs };
  const refusals = new Map<string, string>();
  for (const { fault, mend } of needs) {
    try {
      for (const statement of mend) await run(statement);
    } catch (error) {
      refusals.set(fault, (error as Error).message);
    }
  }
  const left = (await look()).map(need => ({ ...need, refused: refusals.get(need.fault) }));
  return { changed: needs.filter(({ fault }) => !left.some(each => each.fault === fault)), left };
}

async function renewed(run: Run, login: string, passwordOf: Passwords): Promise<Need> {
  const statement = `alter role ${login} ${passwordOf(login)}`;
  await run(statement);
  return { fault: `the password of ${login} was to be a new one`, mend: [statement] };
}

async function mayEnter(run: Run, database: string): Promise<boolean> {
  const [found] = await run<{ may: boolean }>(
    `select has_database_privilege(oid, 'connect') as may from pg_database where datname = $1`,
    [database],
  );
  return found?.may ?? false;
}

/** What an administrator lacks who could not mend everything. */
const limitsOf = ({ name, isSuper, rolcreaterole, rolcreatedb }: Administrator): Need[] =>
  isSuper || (rolcreaterole && rolcreatedb)
    ? []
    : [
        {
          fault: `${name} lacks ${[!rolcreaterole && 'CREATEROLE', !rolcreatedb && 'CREATEDB'].filter(Boolean).join(' and ')}`,
          mend: [`alter role "${name}" createrole createdb`],
        },
      ];
