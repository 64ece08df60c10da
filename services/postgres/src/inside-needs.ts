import type { Run } from './administrator.ts';
import { loginOf, ownerOf } from './hub-roles.ts';
import type { Need } from './need.ts';

/**
 * What PostgreSQL lets everybody call though it writes past row security, or reaches into the sessions of others: large objects,
 * messages in the log of writes, ending a session of the same login. Only a service itself may cancel its own statements.
 */
const withheld = `select oid::regprocedure::text as name from pg_proc
  where pronamespace = 'pg_catalog'::regnamespace and has_function_privilege('public', oid, 'execute')
    and (proname like 'lo\\_%' or proname in ('loread', 'lowrite', 'pg_logical_emit_message', 'pg_cancel_backend', 'pg_terminate_backend'))
  order by 1`;

/** What is wrong inside a service's database. */
export async function insideNeeds(run: Run, service: string): Promise<Need[]> {
  const [login, owner] = [loginOf(service), ownerOf(service)];
  const [schema] = await run<{ owner: string; open: boolean; cancels: boolean }>(
    `select r.rolname as owner, has_schema_privilege('public', n.oid, 'create') as open,
       has_function_privilege($1, 'pg_cancel_backend(integer)', 'execute') as cancels
     from pg_namespace n join pg_roles r on r.oid = n.nspowner where n.nspname = 'public'`,
    [login],
  );
  const open = (await run<{ name: string }>(withheld)).map(({ name }) => name);
  const cancelling = `grant execute on function pg_cancel_backend(integer) to ${login}`;
  const needs: Need[] = [];
  if (schema?.owner !== owner)
    needs.push({
      fault: `the schema public of ${loginOf(service)} belongs to ${schema?.owner ?? 'nobody: it is missing'}`,
      mend: [schema ? `alter schema public owner to ${owner}` : `create schema public authorization ${owner}`],
    });
  if (schema?.open)
    needs.push({
      fault: `everybody may create in the schema public of ${login}`,
      mend: ['revoke create on schema public from public'],
    });
  if (open.length > 0)
    needs.push({
      fault: `everybody may call ${open.length} functions in ${login} that write past row security (${open[0]} …)`,
      mend: [`revoke execute on function ${open.join(', ')} from public`, cancelling],
      advice: 'It takes a superuser of the server; where nobody is one, leave it.',
      optional: 'no code of the hub calls them, and nobody else holds its logins',
    });
  if (!schema?.cancels) needs.push({ fault: `${login} may not cancel its own statements`, mend: [cancelling] });
  return needs;
}
