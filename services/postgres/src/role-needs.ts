import type { Run } from './administrator.ts';
import { type Attribute, attributes, type WantedRole } from './hub-roles.ts';
import type { Need } from './need.ts';

interface Found {
  rolname: string;
  settings: string[] | null;
}
type FoundRole = Found & Record<Attribute, boolean>;

interface Membership {
  role: string;
  member: string;
  grantor: string;
  inherit_option: boolean;
  set_option: boolean;
  admin_option: boolean;
}

const rolesQuery = `select r.*, s.setconfig as settings from pg_roles r
  left join pg_db_role_setting s on s.setrole = r.oid and s.setdatabase = 0 where r.rolname = any($1)`;
const membershipsQuery = `select r.rolname as role, m.rolname as member, g.rolname as grantor, a.inherit_option, a.set_option, a.admin_option
  from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.grantor
  where m.rolname = any($1)`;

/** What is wrong with the roles. `passwordOf` is the clause a login is made with. */
export async function roleNeeds(run: Run, wanted: WantedRole[], passwordOf: (login: string) => string): Promise<Need[]> {
  const names = wanted.map(({ name }) => name);
  const roles = new Map((await run<FoundRole>(rolesQuery, [names])).map(role => [role.rolname, role]));
  const memberships = await run<Membership>(membershipsQuery, [names]);
  return wanted.flatMap(role => [
    ...attributeNeeds(role, roles.get(role.name), passwordOf),
    ...settingNeeds(role, roles.get(role.name)),
    ...membershipNeeds(
      role,
      memberships.filter(({ member }) => member === role.name),
    ),
  ]);
}

function attributeNeeds({ name, has }: WantedRole, found: FoundRole | undefined, passwordOf: (login: string) => string): Need[] {
  const words = (keys: Attribute[]) => keys.map(key => attributes[key][has.includes(key) ? 0 : 1]).join(' ');
  const all = Object.keys(attributes) as Attribute[];
  if (!found) {
    const password = has.includes('rolcanlogin') ? ` ${passwordOf(name)}` : '';
    // Whatever is not named is what nobody has; to name it takes the right to give it.
    const named = all.filter(key => ['rolcanlogin', 'rolinherit'].includes(key));
    return [{ fault: `the role ${name} is missing`, mend: [`create role ${name} ${words(named)}${password}`] }];
  }
  // Only what differs: to name SUPERUSER at all takes a superuser.
  const wrong = all.filter(key => found[key] !== has.includes(key));
  if (wrong.length === 0) return [];
  const is = wrong.map(key => attributes[key][found[key] ? 0 : 1].toUpperCase()).join(', ');
  const why = found.rolsuper || found.rolbypassrls ? ': it bypasses row security' : '';
  return [{ fault: `the role ${name} is ${is}${why}`, mend: [`alter role ${name} ${words(wrong)}`] }];
}

const settingNeeds = ({ name, settings }: WantedRole, found: FoundRole | undefined): Need[] =>
  Object.entries(settings)
    .filter(([setting, value]) => !found?.settings?.includes(`${setting}=${value}`))
    .map(([setting, value]) => ({
      fault: `the role ${name} has no ${setting} of ${value}`,
      mend: [`alter role ${name} set ${setting} = '${value}'`],
    }));

function membershipNeeds({ name, takes, inherits }: WantedRole, memberships: Membership[]): Need[] {
  const isRight = ({ role, inherit_option, set_option, admin_option }: Membership) =>
    !admin_option && ((takes.includes(role) && set_option && !inherit_option) || (inherits.includes(role) && inherit_option));
  const held = memberships.filter(isRight).map(({ role }) => role);
  const missing = takes.filter(role => !held.includes(role));
  return [
    ...memberships
      .filter(each => !isRight(each))
      .map(({ role, grantor }) => ({
        fault: `the role ${name} is a member of ${role} as it must not be`,
        mend: [`revoke ${role} from ${name} granted by ${grantor}`],
      })),
    ...(missing.length === 0
      ? []
      : [
          {
            fault: `the role ${name} may not take ${missing.join(', ')}`,
            mend: [`grant ${missing.join(', ')} to ${name} with inherit false, set true`],
          },
        ]),
    ...inherits
      .filter(role => !held.includes(role))
      .map(role => ({
        fault: `the role ${name} has not the rights of ${role}`,
        mend: [`grant ${role} to ${name}`],
        advice: 'It takes a superuser, or an administrator who holds that role WITH ADMIN OPTION.',
        optional: "a feed then waits for open transactions of the server's other databases too",
      })),
  ];
}
