import { randomUUID } from 'node:crypto';
import { defaultScopes } from '@hub/identity/scopes';
import { databaseRole, session } from '@hub/kit/slice';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Oracle, types, type Viewing } from './oracle.ts';
import { plantClaims } from './plant-claims.ts';
import { foreignRows } from './seen.ts';
import { type RootList, rootLists, tellingField } from './supergraph.ts';
import { databased, type TestHub, testHub } from './test-hub.ts';

interface Policy {
  tablename: string;
  policyname: string;
  roles: string[];
  cmd: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  qual: string | null;
  with_check: string | null;
}

/** What the isolation tests rest on: each policy in turn is opened, and each time somebody must see or do more than before. */
describe('each policy, opened', () => {
  let hub: TestHub;
  let oracle: Oracle;
  let viewers: Viewing[];
  let owner: pg.Client;
  let login: pg.Client;
  beforeAll(async () => {
    hub = await testHub({ sample: true });
    viewers = await plant(hub);
    oracle = await Oracle.of(hub);
  }, 600_000);
  afterEach(() => Promise.all([owner?.end(), login?.end()]));
  afterAll(() => hub?.stop());

  it.each(databased)(
    'of %s shows or allows a viewer what it must not',
    async service => {
      [owner, login] = [hub.databases[service].ownerUrl, hub.databases[service].url].map(
        connectionString => new pg.Client({ connectionString }),
      ) as [pg.Client, pg.Client];
      await Promise.all([owner.connect(), login.connect()]);
      await (service === 'identity' ? fillIdentity(owner) : fillEmptyTables(owner));
      const policies = (
        await owner.query<Policy>(
          `select tablename, policyname, roles::text[] as roles, cmd, qual, with_check from pg_policies where schemaname = 'public' and policyname <> 'owner'`,
        )
      ).rows;
      const closed = policies.filter(({ qual, with_check }) => (qual ?? with_check) !== 'true');
      expect(closed.length).toBeGreaterThan(service === 'identity' ? 8 : 15);
      const unnoticed: string[] = [];
      for (const policy of closed) {
        const before = await probe(policy);
        await alter(policy, [policy.qual && 'using (true)', policy.with_check && 'with check (true)']);
        const inDatabase = JSON.stringify(await probe(policy)) !== JSON.stringify(before);
        const list = listOf(service, policy);
        const atTheDoor = list ? await foreignAtTheDoor(policy, list) : true;
        await alter(policy, [policy.qual && `using (${policy.qual})`, policy.with_check && `with check (${policy.with_check})`]);
        if (!inDatabase || !atTheDoor)
          unnoticed.push(`${policy.policyname} on ${policy.tablename}${inDatabase ? ', at the door' : ''}`);
        expect(await probe(policy)).toEqual(before);
      }
      expect(unnoticed).toEqual([]);
    },
    240_000,
  );

  /** The root that lists the rows of the policy's table, where there is one and they alone say who sees them. */
  const listOf = (service: string, { tablename, cmd }: Policy): RootList | undefined =>
    cmd === 'ALL' || cmd === 'SELECT'
      ? rootLists.find(list => list.service === service && types[list.type]?.table === tablename)
      : undefined;

  /** The check of the isolation test itself, on the list of the table: it must find a foreign row. */
  async function foreignAtTheDoor({ roles }: Policy, { type, field }: RootList): Promise<boolean> {
    for (const viewer of concerned(roles)) {
      const { data } = await hub.ask(
        { ...viewer, scopes: [...defaultScopes('COMMITTEE')] },
        `{ list: ${field}(first: 200) { nodes { __typename id ${tellingField(type)} } } }`,
      );
      if (foreignRows(data, viewer, oracle).foreign.length > 0) return true;
    }
    return false;
  }

  const concerned = (roles: string[]) => viewers.filter(({ role }) => roles.includes(databaseRole[role]));

  const alter = ({ tablename, policyname }: Policy, form: (string | null)[]) =>
    owner.query(`alter policy "${policyname}" on "${tablename}" ${form.filter(Boolean).join(' ')}`);

  /** What the viewers of the policy's roles can read, change or enter in its table, without asking for anything in particular. */
  async function probe({ tablename, roles, cmd }: Policy): Promise<unknown[]> {
    const outcomes: unknown[] = [];
    for (const viewer of viewers.filter(({ role }) => roles.includes(databaseRole[role])))
      outcomes.push(await tryAs(viewer, tablename, cmd));
    expect(outcomes.length).toBeGreaterThan(0);
    return outcomes;
  }

  async function tryAs(viewer: Viewing, table: string, command: Policy['cmd']): Promise<unknown> {
    await login.query('begin');
    try {
      const { variables } = session({ ...viewer, actor: 'probe', scopes: new Set() }, { requestId: 'probe' });
      for (const [name, value] of Object.entries(variables!)) await login.query('select set_config($1, $2, true)', [name, value]);
      if (command === 'UPDATE') return (await login.query(`update "${table}" set ${await harmless(table)}`)).rowCount;
      if (command === 'DELETE') return (await login.query(`delete from "${table}"`)).rowCount;
      if (command === 'INSERT')
        return (
          await login.query(`insert into "${table}" select * from jsonb_populate_record(null::"${table}", $1)`, [
            await foreignRow(table),
          ])
        ).rowCount;
      return Number((await login.query(`select count(*) from "${table}"`)).rows[0].count);
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await login.query('rollback');
    }
  }

  const harmless = async (table: string) =>
    (await columns(table)).includes('version') ? 'version = 1' : 'division_code = division_code';
  const columns = async (table: string) =>
    (
      await owner.query<{ name: string }>('select column_name as name from information_schema.columns where table_name = $1', [
        table,
      ])
    ).rows.map(({ name }) => name);
  /** Somebody's row under a new id: row security refuses it first, and if it does not, another constraint may. */
  const foreignRow = async (table: string) => ({
    ...(await owner.query(`select to_jsonb(t) as row from "${table}" t limit 1`)).rows[0].row,
    id: randomUUID(),
    division_code: '220173',
  });
});

/** One or two viewers of each role, and rows of every kind that they must not see. */
async function plant(hub: TestHub): Promise<Viewing[]> {
  const city = { role: 'COMMITTEE', division: '220100' } as const;
  const found = await hub.get(
    city,
    `{
    committees(first: 1) { nodes { id } }
    organisations(first: 1, where: { division: "220104" }) { nodes { id } }
    charities: organisations(first: 1, where: { kind: CHARITY }) { nodes { id } }
    programs(first: 10) { nodes { id publishedDownward } } }`,
  );
  const organiserId = found.committees.nodes[0].id;
  const [member, charity] = [found.organisations.nodes[0].id, found.charities.nodes[0].id];
  const { createCampaign } = await hub.get(
    city,
    `mutation ($organiserId: ID!) { createCampaign(input: { organiserId: $organiserId, title: "内部评选", kind: SELECTION, startsOn: "2023-01-01" }) { id } }`,
    { organiserId },
  );
  await hub.get(
    city,
    `mutation ($campaignId: ID!) { createRound(input: { campaignId: $campaignId, kind: NOMINATION, opensAt: "2023-01-01T00:00:00Z" }) { id } }`,
    { campaignId: createCampaign.id },
  );
  const hidden = found.programs.nodes.find((program: { publishedDownward: boolean }) => !program.publishedDownward).id;
  await hub.get(
    city,
    `mutation ($programId: ID!) { addLesson(input: { programId: $programId, topic: OTHER, title: "内部课" }) { id } }`,
    { programId: hidden },
  );
  await plantClaims(hub, ['220104', '220102']);
  return [
    { role: 'COMMITTEE', division: '220102' },
    { role: 'REPORTING', division: '220102' },
    { role: 'AUDITOR', division: '220102' },
    { role: 'ORGANISATION', division: '220104', organisation: member },
    { role: 'PARTNER', division: '220100', organisation: charity },
    { role: 'PARTNER', division: '220100', organisation: member },
    { role: 'SERVICE', division: '000000' },
  ];
}

/** Somebody with rights and a password, and a client with a secret, in another county. */
async function fillIdentity(owner: pg.Client): Promise<void> {
  const [account, client, secret] = [randomUUID(), randomUUID(), randomUUID()];
  const insert = (table: string, row: object) =>
    owner.query(`insert into "${table}" select (jsonb_populate_record(null::"${table}", $1)).*`, [
      { version: 1, created_at: new Date(), updated_at: new Date(), division_code: '220173', ...row },
    ]);
  await insert('account', { id: account, login_name: 'somebody', display_name: '某人', must_change_password: false });
  await insert('client', { id: client, client_id: 'somebodys', name: '某系统' });
  await insert('client_secret', { id: secret, client_id: client });
  await insert('secret_hash', { secret_id: secret, hash: 'x' });
  await insert('password', { id: randomUUID(), account_id: account, hash: 'x' });
  await insert('sign_in', {
    id: randomUUID(),
    account_id: account,
    at: new Date(),
    address: '',
    browser: '',
    is_by_second_factor: false,
    session: 's',
  });
  const terms = {
    role: 'COMMITTEE',
    division: '220173',
    scopes: ['people:read'],
    valid_from: new Date(),
    granted_by: 'x',
    grant_reason: 'x',
  };
  await insert('access_grant', { id: randomUUID(), account_id: account, ...terms });
  await owner.query(
    `insert into read_log (id, actor, request_id, division_code, entity, ids) values (gen_random_uuid(), 'somebody', 'r', '220173', 'account', '[]')`,
  );
}

/** Reference copies and logs that the sample leaves empty get a row of some other county. */
async function fillEmptyTables(owner: pg.Client): Promise<void> {
  for (const table of ['organisation', 'branch', 'committee', 'person']) {
    const isCopy = `select 1 from information_schema.columns where table_name = $1 and column_name = 'compared'`;
    if ((await owner.query(isCopy, [table])).rowCount)
      await owner.query(`insert into "${table}" (id, division_code) values (gen_random_uuid(), '220173')`);
  }
  await owner.query(
    `insert into read_log (id, actor, request_id, division_code, entity, ids) values (gen_random_uuid(), 'somebody', 'r', '220173', 'person', '[]')`,
  );
  await owner.query(`insert into idempotency (viewer, key, step, operation) values ('somebody', 'key-of-somebody', '', 'o')`);
  const batch = randomUUID();
  await owner.query(
    `insert into import_batch (id, division_code, ledger, file_name, sha256, actor, counts, created_at) values ($1, '220173', 'x', 'x', 'x', 'somebody', '{}', now())`,
    [batch],
  );
  await owner.query(`insert into import_row (batch_id, "row", division_code) values ($1, 1, '220173')`, [batch]);
}
