import { askIdentity } from './ask-identity.ts';
import { table } from './table.ts';

interface Page {
  nodes: any[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

async function all(field: string, fields: string): Promise<any[]> {
  const rows: any[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const query = `query ($after: String) { page: ${field}(first: 200, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`;
    const { page } = (await askIdentity(query, { after })) as { page: Page };
    rows.push(...page.nodes);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return rows;
}

const day = (moment: string | null) => moment?.slice(0, 16).replace('T', ' ') ?? '';

const grants = 'grants { role division isValid }';
const held = ({ grants }: { grants: { role: string; division: string; isValid: boolean }[] }) =>
  grants
    .filter(({ isValid }) => isValid)
    .map(({ role, division }) => `${role} ${division}`)
    .join(', ');

async function accounts(): Promise<string[]> {
  const rows = await all('accounts', `loginName displayName divisionCode suspendedAt mustChangePassword ${grants}`);
  const state = ({ suspendedAt, mustChangePassword }: any) =>
    suspendedAt ? `suspended ${day(suspendedAt)}` : mustChangePassword ? 'new password due' : 'active';
  return table(
    ['login name', 'name', 'division', 'state', 'grants'],
    rows.map(row => [row.loginName, row.displayName, row.divisionCode, state(row), held(row)]),
  );
}

async function clients(): Promise<string[]> {
  const rows = await all('clients', `clientId name divisionCode suspendedAt secrets { createdAt expiresAt } ${grants}`);
  const alive = ({ secrets }: any) =>
    secrets.filter(({ expiresAt }: any) => !expiresAt || new Date(expiresAt) > new Date()).length as number;
  return table(
    ['client id', 'name', 'division', 'state', 'secrets', 'grants'],
    rows.map(row => [
      row.clientId,
      row.name,
      row.divisionCode,
      row.suspendedAt ? `suspended ${day(row.suspendedAt)}` : 'active',
      String(alive(row)),
      held(row),
    ]),
  );
}

async function allGrants(): Promise<string[]> {
  const names = new Map<string, string>();
  for (const { id, loginName } of await all('accounts', 'id loginName')) names.set(id, loginName);
  for (const { id, clientId } of await all('clients', 'id clientId')) names.set(id, `client:${clientId}`);
  const rows = await all('grants', 'id accountId clientId role division validFrom validTo isValid grantedBy reason');
  return table(
    ['grant', 'holder', 'role', 'at', 'valid', 'from', 'to', 'reason'],
    rows.map(row => [
      row.id,
      names.get(row.accountId ?? row.clientId) ?? '',
      row.role,
      row.division,
      row.isValid ? 'yes' : 'no',
      day(row.validFrom),
      day(row.validTo),
      row.reason,
    ]),
    36,
  );
}

/** What `list` can show. */
export const lists: Record<string, () => Promise<string[]>> = { accounts, clients, grants: allGrants };
