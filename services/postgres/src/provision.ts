import { urlFor } from './administrator.ts';
import { databaseOf, loginOf, ownerOf } from './hub-roles.ts';
import { linesOf } from './need.ts';
import type { Passwords } from './passwords.ts';
import { PostgresFailure } from './postgres-failure.ts';
import { provisionServer } from './provision-server.ts';

export interface ServiceUrls {
  /** The powerless login a service serves with. */
  databaseUrl: string;
  /** The owner of the database, for migrations. */
  migrateUrl: string;
}

/** Brings a server that is all the hub's own to what it expects; may run at every start. */
export async function provision<Service extends string>(
  adminUrl: string,
  services: readonly Service[],
  passwords: Passwords,
): Promise<Record<Service, ServiceUrls>> {
  const { left } = await provisionServer(adminUrl, services, { passwords, isOurs: true });
  const needed = left.filter(({ optional }) => !optional);
  if (needed.length > 0) throw new PostgresFailure(needed.flatMap(linesOf).join(' '));
  const urls = services.map(service => [service, urlsOf(adminUrl, service, passwords)]);
  return Object.fromEntries(urls);
}

/** Where a service serves and migrates. */
export function urlsOf(adminUrl: string, service: string, passwords: Passwords): ServiceUrls {
  const urlOf = (login: string) => urlFor(adminUrl, databaseOf(service), login, passwords(login));
  return { databaseUrl: urlOf(loginOf(service)), migrateUrl: urlOf(ownerOf(service)) };
}
