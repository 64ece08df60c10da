/** The database roles a viewer can take; no one logs in as them. */
export const audienceRoles = [
  'hub_committee',
  'hub_organisation',
  'hub_partner',
  'hub_reporting',
  'hub_auditor',
  'hub_service',
] as const;

/** What a service serves with. It can do nothing before it takes an audience's role. */
export const loginOf = (service: string) => `hub_${service}`;

/** Whom a service's database belongs to; migrations run as it. */
export const ownerOf = (service: string) => `hub_${service}_owner`;

export const databaseOf = loginOf;

/** Attributes as `pg_roles` names them, with the words of `alter role` for yes and no. */
export const attributes = {
  rolcanlogin: ['login', 'nologin'],
  rolinherit: ['inherit', 'noinherit'],
  rolsuper: ['superuser', 'nosuperuser'],
  rolcreatedb: ['createdb', 'nocreatedb'],
  rolcreaterole: ['createrole', 'nocreaterole'],
  rolreplication: ['replication', 'noreplication'],
  rolbypassrls: ['bypassrls', 'nobypassrls'],
} as const;
export type Attribute = keyof typeof attributes;

export interface WantedRole {
  name: string;
  /** Those it has; it has none of the others. */
  has: readonly Attribute[];
  /** Roles it may take, never inherits. */
  takes: readonly string[];
  /** Roles whose rights it has, where the server grants them. */
  inherits: readonly string[];
  settings: Readonly<Record<string, string>>;
}

const timeLimits = { statement_timeout: '30s', lock_timeout: '10s', idle_in_transaction_session_timeout: '60s' };
const plain = { has: [], takes: [], inherits: [], settings: {} };

/** All roles of a hub with these services, those first that others take. */
export const wantedRoles = (services: readonly string[]): WantedRole[] => [
  ...audienceRoles.map(name => ({ ...plain, name })),
  ...services.flatMap(service => [
    { ...plain, name: loginOf(service), has: ['rolcanlogin'] as const, takes: audienceRoles, settings: timeLimits },
    // So that its functions can tell whose transactions hold a feed back.
    { ...plain, name: ownerOf(service), has: ['rolcanlogin', 'rolinherit'] as const, inherits: ['pg_read_all_stats'] },
  ]),
];
