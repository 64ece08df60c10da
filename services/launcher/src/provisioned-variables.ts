import { urlsOf } from '@hub/postgres/provision';
import { variable } from './settings.ts';

const unknown = 'PASSWORD-MADE-EARLIER';

/**
 * The variables that lead to the databases, as a file of an environment has them. A password is known only to the run that made it:
 * a variable whose password was made earlier is a comment, so that a file made of this never holds a wrong one.
 */
export function provisionedVariables(adminUrl: string, services: readonly string[], made: ReadonlyMap<string, string>): string[] {
  const password = (login: string) => made.get(login) ?? unknown;
  const line = (name: string, url: string) => `${url.includes(unknown) ? '# ' : ''}${name}=${url}`;
  const urls = services.map(service => ({ service, ...urlsOf(adminUrl, service, password) }));
  const isKnown = made.size > 0;
  return [
    isKnown
      ? '# The passwords below are shown this once: keep this where only the operator reads it.'
      : '# The passwords were made earlier and are known to no one but you; --new-passwords makes new ones.',
    '# For the processes that serve:',
    ...urls.map(({ service, databaseUrl }) => line(variable('DATABASE_URL', service), databaseUrl)),
    '# For npm run migrate alone, which ends; no process that serves is to have them:',
    ...urls.map(({ service, migrateUrl }) => line(variable('MIGRATE_URL', service), migrateUrl)),
  ];
}
