import type { Run } from './administrator.ts';
import type { Need } from './need.ts';

/** What is wrong with the server itself. */
export async function serverNeeds(run: Run, isOurs: boolean): Promise<Need[]> {
  const [server] = await run<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const needs: Need[] = [];
  if (server!.number < 170_000)
    needs.push({ fault: `the server is PostgreSQL ${server!.version}`, mend: [], advice: 'The hub needs PostgreSQL 18, or 17.' });
  if (isOurs) {
    const open = await run<{ name: string }>(
      `select datname as name from pg_database where datname in ('postgres', 'template1') and has_database_privilege('public', oid, 'connect')`,
    );
    const names = open.map(({ name }) => name).join(', ');
    if (names) needs.push({ fault: `everybody may connect to ${names}`, mend: [`revoke all on database ${names} from public`] });
  }
  return needs;
}
