import { identity as contents } from '@hub/identity/identity';
import { Application, basic, city, county, type TestIdentity, testIdentity, type Viewing } from '@hub/identity/test-identity';
import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { caughtUp } from './caught-up.ts';
import { type TestService, testService } from './test-service.ts';
import { city as wholeCity } from './test-tokens.ts';

let owner: TestService;
let identity: TestIdentity;
beforeAll(async () => {
  owner = await testService(organisations);
  identity = await testIdentity({ organisations: owner.url });
});
afterAll(async () => {
  await identity?.stop();
  await owner?.stop();
});

interface Organisation {
  id: string;
  version: number;
}

const enter = async (division = '220102'): Promise<Organisation> =>
  (
    await owner.get(wholeCity, `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }`, {
      input: anOrganisation({ divisionCode: division }),
    })
  ).createOrganisation;
const moveTo = ({ id, version }: Organisation, divisionCode: string) =>
  owner.get(wholeCity, `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`, {
    input: { id, expectedVersion: version, divisionCode, movedOn: '2026-01-05', reason: '注册地变更' },
  });
const dissolve = ({ id, version }: Organisation) =>
  owner.get(wholeCity, `mutation ($input: DissolveOrganisation!) { dissolveOrganisation(input: $input) { id } }`, {
    input: { id, expectedVersion: version, dissolvedOn: '2026-01-06', reason: '注销登记' },
  });
const followed = () => caughtUp(identity, contents.follows![0]!, owner);

let made = 0;
interface Client {
  id: string;
  clientId: string;
  secret: string;
}
const aClient = async (divisionCode = '220102'): Promise<Client> => {
  const clientId = `made-${++made}`;
  const { createClient } = await identity.get(
    county(divisionCode),
    `mutation ($input: CreateClient!) { createClient(input: $input) { secret client { id } } }`,
    { input: { clientId, name: '客户端', divisionCode } },
  );
  return { id: createClient.client.id, clientId, secret: createClient.secret };
};

const terms = { role: 'ORGANISATION', division: '220102', reason: '企业联络员' };
const grant = `mutation ($input: GrantRights!) { grantRights(input: $input) { id version } }`;
const granting = (viewer: Viewing, input: object) => identity.code(viewer, grant, { input: { ...terms, ...input } });
const held = async (id: string) => {
  const [row] = await identity.asOwner(
    `select division, division_code as "administeredAt", revoked_at is not null as "isRevoked", revocation_reason as why from access_grant
     where coalesce(account_id, client_id) = $1 order by created_at`,
    [id],
  );
  return row;
};
const tokenOf = ({ clientId, secret }: Client) =>
  new Application(identity.url).token({ grant_type: 'client_credentials' }, basic(clientId, secret));
const seenBy = async (division: string) =>
  (await identity.get(county(division), '{ clients(first: 200) { nodes { id } } }')).clients.nodes.map(
    ({ id }: { id: string }) => id,
  );

describe('a grant is no more than its granter can see', () => {
  it.each(['ORGANISATION', 'PARTNER'])('as %s of an organisation of another county', async role => {
    const [own, other] = [await enter(), await enter('220104')];
    const { id } = await aClient();
    expect(await granting(county('220102'), { clientId: id, role, organisationId: other.id })).toBe('NOT_FOUND');
    expect(await granting(county('220102'), { clientId: id, role, organisationId: own.id })).toBeUndefined();
  });

  it('of one that has left for another county, or that was never there', async () => {
    const left = await enter();
    await moveTo(left, '220104');
    const { id } = await aClient();
    expect(await granting(county('220102'), { clientId: id, organisationId: left.id })).toBe('NOT_FOUND');
    const nowhere = '0b8f3f0c-6a50-4c43-9d0a-4f2d9c1a7e11';
    expect(await granting(city, { clientId: id, organisationId: nowhere })).toBe('NOT_FOUND');
  });

  it('in an invitation as well, and then no account is opened', async () => {
    const other = await enter('220104');
    const input = {
      loginName: 'invited',
      displayName: '李',
      divisionCode: '220102',
      grant: { ...terms, organisationId: other.id },
    };
    const invite = `mutation ($input: InviteAccount!) { inviteAccount(input: $input) { oneTimePassword } }`;
    expect(await identity.code(county('220102'), invite, { input })).toBe('NOT_FOUND');
    expect(await identity.asOwner(`select 1 from account where login_name = 'invited'`)).toEqual([]);
  });

  it('nor at a division that is not the organisation’s', async () => {
    const other = await enter('220104');
    const { id } = await aClient();
    expect(await granting(city, { clientId: id, organisationId: other.id })).toBe('NOT_ALLOWED');
    const wide = await aClient('220100');
    expect(await granting(city, { clientId: wide.id, organisationId: other.id, division: '220100' })).toBeUndefined();
  });

  it('nor of one that is dissolved', async () => {
    const ended = await enter();
    await dissolve(ended);
    const { id } = await aClient();
    expect(await granting(county('220102'), { clientId: id, organisationId: ended.id })).toBe('NOT_ALLOWED');
  });

  it('nor by somebody who may not read organisations', async () => {
    const own = await enter();
    const { id } = await aClient();
    const blind = { ...county('220102'), scopes: county('220102').scopes!.filter(scope => scope !== 'organisations:read') };
    expect(await granting(blind, { clientId: id, organisationId: own.id, scopes: ['people:read'] })).toBe('FORBIDDEN');
  });
});

describe('who acts for an organisation that moves', () => {
  it('moves with it, and the county it left administers them no longer', async () => {
    const organisation = await enter();
    const client = await aClient();
    await granting(county('220102'), { clientId: client.id, organisationId: organisation.id });
    await moveTo(organisation, '220104');
    await followed();
    expect(await held(client.id)).toMatchObject({ division: '220104', administeredAt: '220104', isRevoked: false });
    expect(await seenBy('220102')).not.toContain(client.id);
    expect(await seenBy('220104')).toContain(client.id);
    const { access_token } = await tokenOf(client);
    expect(decodeJwt(access_token).hub).toEqual({ role: 'ORGANISATION', division: '220104', organisation: organisation.id });
  });

  it('stays where the city administers it', async () => {
    const organisation = await enter();
    const client = await aClient('220100');
    await granting(city, { clientId: client.id, organisationId: organisation.id, division: '220100' });
    const narrow = await aClient('220100');
    await granting(city, { clientId: narrow.id, organisationId: organisation.id });
    await moveTo(organisation, '220104');
    await followed();
    expect(await held(client.id)).toMatchObject({ division: '220100', administeredAt: '220100', isRevoked: false });
    expect(await held(narrow.id)).toMatchObject({ division: '220104', administeredAt: '220100', isRevoked: false });
  });

  it('loses the grant where they hold others in the county it left', async () => {
    const [organisation, staying] = [await enter(), await enter()];
    const client = await aClient();
    await granting(county('220102'), { clientId: client.id, organisationId: organisation.id });
    await granting(county('220102'), { clientId: client.id, organisationId: staying.id });
    await moveTo(organisation, '220104');
    await followed();
    expect(await held(client.id)).toMatchObject({ division: '220102', administeredAt: '220102', isRevoked: true });
    expect(decodeJwt((await tokenOf(client)).access_token).hub).toMatchObject({ organisation: staying.id });
    expect(await seenBy('220102')).toContain(client.id);
  });

  it('also when it moved before the grant was committed', async () => {
    const organisation = await enter();
    const client = await aClient();
    await granting(county('220102'), { clientId: client.id, organisationId: organisation.id });
    await moveTo(organisation, '220104');
    await followed();
    // As a grant that was decided before the move and committed after it leaves the tables.
    await identity.asOwner(
      `with a as (update client set division_code = '220102' where id = $1), b as (update access_grant set division = '220102' where client_id = $1)
       update organisation set compared = false where id = $2`,
      [client.id, organisation.id],
    );
    await followed();
    expect(await held(client.id)).toMatchObject({ division: '220104', administeredAt: '220104', isRevoked: false });
  });
});

describe('who acts for an organisation that ends', () => {
  it('loses the grant, and its next token', async () => {
    const organisation = await enter();
    const client = await aClient();
    await granting(county('220102'), { clientId: client.id, organisationId: organisation.id });
    await dissolve(organisation);
    await followed();
    expect(await held(client.id)).toMatchObject({ isRevoked: true, why: expect.stringContaining('注销') });
    expect((await tokenOf(client)).error).toBe('invalid_grant');
  });

  it('and a grant of before this was followed ends where its organisation is elsewhere or nowhere', async () => {
    const [here, elsewhere] = [await enter(), await enter('220104')];
    const clients = [await aClient(), await aClient(), await aClient()];
    const ids = [here.id, elsewhere.id, '0b8f3f0c-6a50-4c43-9d0a-4f2d9c1a7e12'];
    for (const [i, { id }] of clients.entries()) {
      await granting(county('220102'), { clientId: id, organisationId: here.id });
      await identity.asOwner(
        `insert into organisation (id, division_code) values ($1, '') on conflict (id) do update set division_code = '', compared = false`,
        [ids[i]],
      );
      await identity.asOwner(`update access_grant set organisation_id = $2 where client_id = $1`, [id, ids[i]]);
    }
    await followed();
    const ended = [];
    for (const { id } of clients) ended.push((await held(id)).isRevoked);
    expect(ended).toEqual([false, true, true]);
  });
});
