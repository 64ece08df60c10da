import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { defaultScopes, scopes } from '../scopes.ts';
import { city, county, type Person, type TestIdentity, testIdentity, type Viewing } from '../test-identity.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await testIdentity();
});
afterAll(() => identity?.stop());

const grant = `mutation ($input: GrantRights!) { grantRights(input: $input) { id scopes division grantedBy isValid } }`;
const terms = { role: 'COMMITTEE', division: '220102', reason: '工作需要' };
const granting = (viewer: Viewing | string, input: object) => identity.ask(viewer, grant, { input: { ...terms, ...input } });
const codeOf = async (viewer: Viewing | string, input: object) => (await granting(viewer, input)).errors?.[0]?.extensions.code;
const change = (viewer: Viewing | string, mutation: string, { id, version }: Person) =>
  identity.code(viewer, `mutation ($input: ChangeAccount!) { ${mutation}(input: $input) { __typename } }`, {
    input: { id, expectedVersion: version },
  });
const administering = ['people:read', 'accounts:read', 'accounts:write'];
const asAdministrator = { scope: `openid ${administering.join(' ')}` };
const ordinary: Viewing = {
  role: 'COMMITTEE',
  division: '220102',
  scopes: [...defaultScopes('COMMITTEE'), 'accounts:read', 'accounts:write'],
};

describe('nobody grants more than they hold', () => {
  it('neither scopes', async () => {
    const { id } = await identity.person();
    const { errors } = await granting(ordinary, { accountId: id, scopes: ['people:read', 'people:personal'] });
    expect(errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN', missing: ['people:personal'] });
    expect((await granting(ordinary, { accountId: id, scopes: ['people:read'] })).data.grantRights).toMatchObject({
      scopes: ['people:read'],
      grantedBy: 'operator:committee-220102',
      isValid: true,
    });
  });

  it('nor divisions, nor the service role', async () => {
    const { id } = await identity.person();
    expect(await codeOf(county('220102'), { accountId: id, division: '220104' })).toBe('FORBIDDEN');
    expect(await codeOf(county('220102'), { accountId: id, division: '220100' })).toBe('FORBIDDEN');
    // Who administers an account at a county could give it a new password: the city grants it nothing beyond the county.
    expect(await codeOf(city, { accountId: id, division: '220100' })).toBe('NOT_ALLOWED');
    expect(await codeOf(city, { accountId: id, role: 'SERVICE' })).toBe('INVALID_INPUT');
  });

  it('to themselves not even what they hold', async () => {
    const person = await identity.person({}, { scopes: administering });
    const { tokens } = await identity.signIn(person, asAdministrator);
    expect(await codeOf(tokens.access_token, { accountId: person.id, scopes: administering })).toBe('NOT_ALLOWED');
  });

  it('and terms have to make sense', async () => {
    const { id } = await identity.person();
    const refused = (input: object) => codeOf(city, { accountId: id, ...input });
    expect(await refused({ role: 'PARTNER' })).toBe('INVALID_INPUT');
    expect(await refused({ organisationId: randomUUID() })).toBe('INVALID_INPUT');
    expect(await refused({ scopes: ['people:raed'] })).toBe('INVALID_INPUT');
    expect(await refused({ scopes: [] })).toBe('INVALID_INPUT');
    expect(await refused({ division: '2201' })).toBe('INVALID_INPUT');
    expect(await refused({ validTo: '2020-01-01T00:00:00Z' })).toBe('INVALID_INPUT');
    expect(await refused({ role: 'AUDITOR', scopes: ['accounts:read'] })).toBe('INVALID_INPUT');
    expect(await refused({ clientId: randomUUID() })).toBe('INVALID_INPUT');
  });
});

describe('the same grant', () => {
  const again = { scopes: ['people:read', 'organisations:read'] };

  it('is not given twice, nor for a part of its time', async () => {
    const { id: accountId } = await identity.person({}, again);
    expect(await codeOf(city, { accountId, ...again })).toBe('CONFLICT');
    expect(await codeOf(city, { accountId, scopes: again.scopes.toReversed(), validTo: '2099-01-01T00:00:00Z' })).toBe(
      'CONFLICT',
    );
  });

  it('is given where it gives more or less, for longer, or anew', async () => {
    const { id: accountId } = await identity.person({}, { ...again, validTo: '2099-01-01T00:00:00Z' });
    expect(await codeOf(city, { accountId, scopes: ['people:read', 'people:write'] })).toBeUndefined();
    expect(await codeOf(city, { accountId, scopes: ['people:read'] })).toBeUndefined();
    expect(await codeOf(city, { accountId, ...again })).toBeUndefined();
    const auditing = { role: 'AUDITOR', ...again };
    const { data } = await granting(city, { accountId, ...auditing });
    await identity.get(city, 'mutation ($input: RevokeGrant!) { revokeGrant(input: $input) { id } }', {
      input: { id: data.grantRights.id, expectedVersion: 1, reason: '审计结束' },
    });
    expect(await codeOf(city, { accountId, ...auditing })).toBeUndefined();
  });

  it('given by two at once is given once', async () => {
    const { id: accountId } = await identity.person({}, again);
    const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(city, { accountId, role: 'AUDITOR', ...again })));
    expect(codes.toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', undefined]);
  });

  it('stands in the history of whoever holds it, from its giving to its end', async () => {
    const person = await identity.person({}, again);
    const query = `query ($n: String!) { account(loginName: $n) { grants { id version } history { kind reason changes { field after } } } }`;
    const { grants } = (await identity.get(city, query, { n: person.loginName })).account;
    await identity.get(city, 'mutation ($input: RevokeGrant!) { revokeGrant(input: $input) { id } }', {
      input: { id: grants[0].id, expectedVersion: grants[0].version, reason: '离职' },
    });
    const { history } = (await identity.get(city, query, { n: person.loginName })).account;
    const told = (field: string) =>
      history.flatMap(({ changes }: any) =>
        changes.filter((change: any) => change.field === field).map(({ after }: any) => after),
      );
    expect(told('grant.role')).toEqual(['COMMITTEE']);
    expect(told('grant.scopes')).toEqual([again.scopes]);
    expect(told('grant.revocation_reason')).toEqual(['离职']);
    expect(history[0].changes.map(({ field }: any) => field)).toContain('grant.revoked_at');
  });
});

describe('nobody ends a grant that is more than they hold', () => {
  const revoke = `mutation ($input: RevokeGrant!) { revokeGrant(input: $input) { id revokedBy } }`;
  const revoking = async (viewer: Viewing | string, id: string) => {
    const { grant: found } = await identity.get(city, `query ($id: ID!) { grant(id: $id) { version } }`, { id });
    return identity.code(viewer, revoke, { input: { id, expectedVersion: found.version, reason: '不再需要' } });
  };
  const granted = async (input: object) => (await granting(city, input)).data.grantRights.id;

  it('by its scopes', async () => {
    const { id } = await identity.person();
    const whole = await granted({ accountId: id, scopes: ['people:read', 'people:personal'] });
    expect(await revoking(ordinary, whole)).toBe('FORBIDDEN');
    expect(await revoking(county('220102'), whole)).toBeUndefined();
    const part = await granted({ accountId: id, scopes: ['people:read'] });
    expect(await revoking(ordinary, part)).toBeUndefined();
  });

  it('by its division', async () => {
    const { id } = await identity.person();
    const above = await granted({ role: 'AUDITOR', accountId: id });
    await identity.asOwner(`update access_grant set division = '220100' where id = $1`, [above]);
    expect(await revoking(county('220102'), above)).toBe('FORBIDDEN');
    expect(await revoking(city, above)).toBeUndefined();
  });

  it('and nobody their own', async () => {
    const person = await identity.person({}, { scopes: administering });
    const { tokens } = await identity.signIn(person, asAdministrator);
    const own = await granted({ accountId: person.id });
    expect(await revoking(tokens.access_token, own)).toBe('NOT_ALLOWED');
  });
});

describe('nobody takes over an account that holds more', () => {
  it('by a new password, or suspends it', async () => {
    const person = await identity.person({}, { scopes: ['people:read', 'people:personal'] });
    expect(await change(ordinary, 'resetPassword', person)).toBe('FORBIDDEN');
    expect(await change(ordinary, 'suspendAccount', person)).toBe('FORBIDDEN');
    expect(await change(ordinary, 'endSessions', person)).toBe('FORBIDDEN');
    expect(await change(county('220102'), 'resetPassword', person)).toBeUndefined();
  });

  it('and nobody administers their own', async () => {
    const person = await identity.person({}, { scopes: administering });
    const { tokens } = await identity.signIn(person, asAdministrator);
    expect(await change(tokens.access_token, 'resetPassword', person)).toBe('NOT_ALLOWED');
  });

  it('with a version that is not the present one', async () => {
    const person = await identity.person();
    expect(await change(city, 'suspendAccount', { ...person, version: person.version + 1 })).toBe('VERSION_MISMATCH');
  });
});

describe('accounts', () => {
  it('are seen in their slice alone', async () => {
    const [own, sibling, above] = [
      await identity.person(),
      await identity.person({ divisionCode: '220104' }, { division: '220104' }),
      await identity.person({ divisionCode: '220100' }),
    ];
    const list = async (viewer: Viewing) => {
      const { accounts, grants } = await identity.get(
        viewer,
        `{ accounts(first: 200) { totalCount nodes { id } } grants(first: 200) { nodes { accountId } } }`,
      );
      return {
        seen: accounts.nodes.map(({ id }: Person) => id),
        granted: grants.nodes.map((row: { accountId: string }) => row.accountId),
      };
    };
    const { seen, granted } = await list(county('220102'));
    for (const ids of [seen, granted]) {
      expect(ids).toContain(own.id);
      expect(ids).not.toContain(sibling.id);
      // Its grant opens 220102, and it is still the city's to administer.
      expect(ids).not.toContain(above.id);
    }
    expect((await list(city)).seen).toEqual(expect.arrayContaining([own.id, sibling.id, above.id]));
    const byName = `query ($n: String!) { account(loginName: $n) { id } }`;
    expect((await identity.get(county('220102'), byName, { n: above.loginName })).account).toBeNull();
    expect(await change(county('220102'), 'suspendAccount', sibling)).toBe('NOT_FOUND');
    expect(await change(county('220102'), 'endSessions', sibling)).toBe('NOT_FOUND');
  });

  it('are not opened outside the slice', async () => {
    const input = { loginName: 'elsewhere', displayName: '李', divisionCode: '220104' };
    const create = `mutation ($input: CreateAccount!) { createAccount(input: $input) { oneTimePassword } }`;
    expect(await identity.code(county('220102'), create, { input })).toBe('FORBIDDEN');
    expect(await identity.code(city, create, { input: { ...input, loginName: 'UPPER' } })).toBe('INVALID_INPUT');
    expect(await identity.code(city, create, { input })).toBeUndefined();
    expect(await identity.code(city, create, { input })).toBe('CONFLICT');
  });

  it('are for committees with the scope', async () => {
    const query = '{ accounts { totalCount } }';
    expect(await identity.code({ role: 'REPORTING', division: '220100' }, query)).toBe('FORBIDDEN');
    expect(await identity.code({ ...city, scopes: ['people:read'] }, query)).toBe('FORBIDDEN');
    expect(await identity.code('no token', query)).toBe('UNAUTHENTICATED');
    expect(await identity.code({ ...city, scopes: ['accounts:read'] }, 'mutation { rotateSigningKey }')).toBe('FORBIDDEN');
  });

  it('show personal values masked without people:personal, in the history, too', async () => {
    const { loginName } = await identity.person({ displayName: '欧阳静', email: 'ouyang@example.org' });
    const query = `query ($n: String!) { account(loginName: $n) { displayName email history { kind changes { field after } } } }`;
    const asked = async (viewer: Viewing) => (await identity.get(viewer, query, { n: loginName })).account;
    const masked = await asked({ ...city, scopes: scopes.filter(scope => scope !== 'people:personal') });
    expect([masked.displayName, masked.email]).toEqual(['欧*', 'o***@example.org']);
    expect(JSON.stringify(masked)).not.toContain('欧阳静');
    const whole = await asked(city);
    expect(whole.displayName).toBe('欧阳静');
    expect(whole.history.map(({ kind }: { kind: string }) => kind)).toEqual(['UPDATED', 'CREATED', 'CREATED']);
    expect(await identity.asOwner(`select 1 from read_log where entity = 'account'`)).not.toHaveLength(0);
  });
});

describe('the database', () => {
  it('lets a committee give a password in its slice, and read none', async () => {
    const [own, sibling] = [await identity.person(), await identity.person({ divisionCode: '220104' }, { division: '220104' })];
    const client = new pg.Client({ connectionString: identity.database.url });
    await client.connect();
    try {
      const as = async (sql: string, parameters: unknown[] = []) => {
        await client.query('begin');
        const settings = {
          slice_from: '220102',
          slice_to: '220103',
          ancestors: '',
          organisation: '',
          actor: 'a',
          request: 'r',
          reason: '',
          batch: '',
        };
        for (const [name, value] of Object.entries(settings))
          await client.query('select set_config($1, $2, true)', [`hub.${name}`, value]);
        await client.query('set local role hub_committee');
        try {
          return (await client.query(sql, parameters)).rowCount;
        } catch (error) {
          return (error as { code: string }).code;
        } finally {
          await client.query('rollback');
        }
      };
      for (const table of [
        'password',
        'secret_hash',
        'signing_key',
        'oidc_record',
        'guess',
        'passkey',
        'code_app',
        'recovery_code',
      ])
        expect([table, await as(`select * from ${table}`)]).toEqual([table, 0]);
      expect(await as('select * from sign_in where account_id = $1', [own.id])).toBe(1);
      expect(await as('select * from sign_in where account_id = $1', [sibling.id])).toBe(0);
      expect(await as('delete from sign_in')).toBe('42501');
      const give = `insert into password (id, account_id, hash) values (gen_random_uuid(), $1, 'x')`;
      expect(await as(give, [own.id])).toBe(1);
      expect(await as(give, [sibling.id])).toBe('42501');
      expect(await as('update password set hash = $1', ['x'])).toBe('42501');
      expect(await as('delete from password')).toBe('42501');
    } finally {
      await client.end();
    }
  });

  it('forces row security on every table and keeps revisions of all that is administered', async () => {
    expect(
      await identity.asOwner(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)`,
      ),
    ).toEqual([]);
    const revised = await identity.asOwner(
      `select distinct tgrelid::regclass::text as name from pg_trigger where tgname = 'revise_update' order by 1`,
    );
    expect(revised.map(({ name }) => name)).toEqual(['access_grant', 'account', 'client', 'client_secret']);
  });
});
