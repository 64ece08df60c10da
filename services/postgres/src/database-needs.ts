import type { Run } from './administrator.ts';
import { databaseOf, loginOf, ownerOf } from './hub-roles.ts';
import type { Need } from './need.ts';

interface Found {
  owner: string;
  encoding: string;
  datlocprovider: string;
  collation: string;
  of_public: string[];
  strangers: boolean;
}

const rights = ['connect', 'create', 'temporary'] as const;
const databaseQuery = `select r.rolname as owner, pg_encoding_to_char(d.encoding) as encoding, d.datlocprovider,
    coalesce(d.datlocale, d.datcollate) as collation,
    array(select w from unnest($2::text[]) w where has_database_privilege('public', d.oid, w)) as of_public
  from pg_database d join pg_roles r on r.oid = d.datdba where d.datname = $1`;

const form = `encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C' template template0`;
/** Compares by bytes, whoever provides it: codes of divisions are compared as text. */
const isByBytes = ({ datlocprovider, collation }: Found) =>
  ['b', 'c'].includes(datlocprovider) && /^(C|POSIX|C\.utf-?8)$/i.test(collation);

/** What is wrong with a service's database, seen from outside. */
export async function databaseNeeds(run: Run, service: string): Promise<Need[]> {
  const name = databaseOf(service);
  const owner = ownerOf(service);
  const [found] = await run<Found>(databaseQuery, [name, rights]);
  const needs: Need[] = [];
  if (!found) needs.push({ fault: `the database ${name} is missing`, mend: [`create database ${name} owner ${owner} ${form}`] });
  else {
    if (found.encoding !== 'UTF8' || !isByBytes(found))
      needs.push({
        fault: `the database ${name} is ${found.encoding} with the collation ${found.collation}, not UTF8 with C.UTF-8`,
        mend: [],
        advice: `A collation cannot be changed: dump ${name}, drop it, run this again, and restore the dump into it.`,
      });
    if (found.owner !== owner)
      needs.push({
        fault: `the database ${name} belongs to ${found.owner}`,
        mend: [`alter database ${name} owner to ${owner}`],
      });
  }
  if (!found || found.of_public.length > 0)
    needs.push({
      fault: `everybody has ${(found?.of_public ?? rights).join(', ').toUpperCase()} on the database ${name}`,
      mend: [`revoke all on database ${name} from public`],
    });
  return [...needs, ...(await connectNeeds(run, name, [loginOf(service), owner]))];
}

async function connectNeeds(run: Run, database: string, roles: string[]): Promise<Need[]> {
  // Granted by name: what is everybody's, or only the owner's by being the owner, is not enough.
  const granted = await run<{ rolname: string }>(
    `select r.rolname from pg_database d cross join lateral aclexplode(d.datacl) a join pg_roles r on r.oid = a.grantee
     where d.datname = $1 and a.privilege_type = 'CONNECT' union select rolname from pg_roles where rolname = current_user and rolsuper`,
    [database],
  );
  const [me] = await run<{ name: string }>('select current_user as name');
  const missing = [...roles, me!.name].filter(role => !granted.some(({ rolname }) => rolname === role));
  return missing.length === 0
    ? []
    : [
        {
          fault: `${missing.join(', ')} may not connect to the database ${database}`,
          mend: [`grant connect on database ${database} to ${missing.map(name => `"${name.replaceAll('"', '""')}"`).join(', ')}`],
        },
      ];
}
