import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { allScopes, city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { anIdentityNumber, anOrganisationWithBranch, aPerson } from '../factories.ts';
import { people } from '../subgraph.ts';

process.env.HUB_IDENTITY_KEY = 'the key of the tests';
const scopes = [...allScopes, 'people:personal'];
const plain = county('220102');
const personal = { ...plain, scopes };
const masked = { name: '欧*', phone: '138****5678' };
const whole = { name: '欧阳测试', phone: '13812345678' };
const identityNumber = anIdentityNumber();
let owner: TestService;
let service: TestService;
let organisationId: string;
let branchId: string;
let id: string;

beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(people, { organisations: owner.url });
  ({ organisationId, branchId } = await anOrganisationWithBranch(owner, anOrganisation()));
  const enter = `mutation ($input: CreatePerson!) { createPerson(input: $input) { id name phone } }`;
  const input = aPerson({ ...whole, organisationId, identityNumber });
  const made = (await service.get(plain, enter, { input })).createPerson;
  expect(made).toMatchObject(masked);
  id = made.id;
  const appoint = `mutation ($person: ID!, $branch: ID!) {
    setContact(input: { id: $person, expectedVersion: 1 }) { id }
    updatePerson(input: { id: $person, expectedVersion: 2, phone: "13987654321" }) { id }
    again: updatePerson(input: { id: $person, expectedVersion: 3, phone: "${whole.phone}" }) { id }
    createMembership(input: { personId: $person, branchId: $branch, status: FULL, joinedOn: "2020-07-01" }) { id }
    createPost(input: { personId: $person, branchId: $branch, title: "党支部书记", kind: SECRETARY }) { id } }`;
  await service.get(plain, appoint, { person: id, branch: branchId });
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

/** The owner sees what no viewer sees. */
async function behindTheCurtain(sql: string): Promise<Record<string, any>[]> {
  const client = new pg.Client({ connectionString: service.database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const everywhere = `query ($person: ID!, $organisation: ID!, $branch: ID!) {
  person(id: $person) { ...shown memberships { nodes { person { ...shown } } } posts { nodes { person { ...shown } } } }
  people(where: { organisationId: $organisation }) { nodes { ...shown } edges { node { ...shown } } }
  branchMemberships(where: { branchId: $branch }) { nodes { person { ...shown } } }
  posts(where: { branchId: $branch }) { nodes { person { ...shown } } }
  _entities(representations: [
    { __typename: "Organisation", id: $organisation }, { __typename: "Branch", id: $branch },
    { __typename: "Division", code: "220102" }, { __typename: "Person", id: $person, name: "x" }]) {
    ... on Organisation { people { nodes { ...shown } } contact { ...shown } }
    ... on Branch { members { nodes { ...shown } } secretary { ...shown } }
    ... on Division { people { nodes { ...shown } } }
    ... on Person { ...shown }
  }
} fragment shown on Person { name phone }`;
const places = 13;
const askEverywhere = (viewer: any) =>
  service.get(viewer, everywhere, { person: id, organisation: organisationId, branch: branchId });
const history = `query ($id: ID!) { person(id: $id) { history { changes { field before after } } } }`;
const readLog = (actor: string) =>
  behindTheCurtain(`select entity, ids, request_id from read_log where actor = 'operator:${actor}'`);
const times = (text: string, part: string) => text.split(part).length - 1;

describe('personal fields', () => {
  it('are masked wherever a person is shown', async () => {
    const text = JSON.stringify(await askEverywhere({ ...plain, actor: 'without' }));
    expect([times(text, masked.name), times(text, masked.phone)]).toEqual([places, places]);
    expect([times(text, whole.name), times(text, whole.phone)]).toEqual([0, 0]);
    expect(await readLog('without')).toEqual([]);
  });

  it('are whole under people:personal, and each operation leaves exactly one row in the read log', async () => {
    const text = JSON.stringify(await askEverywhere({ ...personal, actor: 'reader' }));
    expect([times(text, whole.name), times(text, whole.phone)]).toEqual([places, places]);
    expect(await readLog('reader')).toEqual([{ entity: 'person', ids: [id], request_id: expect.any(String) }]);
    await askEverywhere({ ...personal, actor: 'reader' });
    const rows = await readLog('reader');
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map(row => row.request_id)).size).toBe(2);
  });

  it('leave no row in the read log when no personal field was asked', async () => {
    await service.get({ ...personal, actor: 'counter' }, `{ people { totalCount nodes { id gender } } }`);
    expect(await readLog('counter')).toEqual([]);
  });

  it('leave one row when a mutation shows them', async () => {
    const input = { id, expectedVersion: 4, education: '本科' };
    const query = `mutation ($input: UpdatePerson!) { updatePerson(input: $input) { name } }`;
    const { updatePerson } = await service.get({ ...personal, actor: 'writer' }, query, { input });
    expect(updatePerson.name).toBe(whole.name);
    expect(await readLog('writer')).toMatchObject([{ entity: 'person', ids: [id] }]);
  });

  it('are masked in the history too, where neither the hash nor the sort key ever appear', async () => {
    const changes = async (viewer: any) =>
      (await service.get(viewer, history, { id })).person.history.flatMap((entry: any) => entry.changes);
    const hidden = await changes(plain);
    expect(hidden).toContainEqual({ field: 'name', before: null, after: masked.name });
    expect(hidden).toContainEqual({ field: 'phone', before: masked.phone, after: '139****4321' });
    expect(JSON.stringify(hidden)).not.toMatch(/欧阳测试|13812345678|13987654321/);
    const shown = await changes({ ...personal, actor: 'historian' });
    expect(shown).toContainEqual({ field: 'phone', before: whole.phone, after: '13987654321' });
    expect(await readLog('historian')).toMatchObject([{ entity: 'person', ids: [id] }]);
    const fields = shown.map((change: any) => change.field);
    expect(fields).not.toContain('sort_key');
    expect(fields).not.toContain('identity_hash');
  });

  it('order and find people only under people:personal', async () => {
    const code = async (viewer: any, query: string) => (await service.ask(viewer, query)).errors?.[0]?.extensions.code;
    const lists = [
      `{ people(where: { search: "欧" }) { totalCount } }`,
      `{ people(where: { search: "138" }) { totalCount } }`,
      `{ people(orderBy: NAME_ASC) { pageInfo { endCursor } } }`,
      `{ people(orderBy: NAME_DESC) { nodes { id } } }`,
    ];
    const nested = ['Organisation', 'Branch', 'Division'].map((type, i) => {
      const key = [`id: "${organisationId}"`, `id: "${branchId}"`, `code: "220102"`][i];
      return `{ _entities(representations: [{ __typename: "${type}", ${key} }]) { ... on ${type} { ${type === 'Branch' ? 'members' : 'people'}(orderBy: NAME_ASC) { nodes { id } } } } }`;
    });
    for (const query of [...lists, ...nested]) {
      expect([query, await code(plain, query)]).toEqual([query, 'FORBIDDEN']);
      expect([query, await code(personal, query)]).toEqual([query, undefined]);
    }
  });

  it('are found by part of the name, start of the pinyin or of the phone, taken literally', async () => {
    const found = async (search: string) =>
      (await service.get(personal, `query ($search: String) { people(where: { search: $search }) { totalCount } }`, { search }))
        .people.totalCount;
    for (const search of ['阳测', '阳　测', 'ou yang', 'ouyang', 'ＯＵ', 'OU', '1381', '138-1'])
      expect([search, await found(search)]).toEqual([search, 1]);
    for (const search of ['%', '_阳', '2345', 'yang']) expect([search, await found(search)]).toEqual([search, 0]);
  });

  it('do not leak through cursors of the default order', async () => {
    const { people } = await service.get(plain, `{ people(first: 1) { pageInfo { endCursor } } }`);
    const cursor = Buffer.from(people.pageInfo.endCursor, 'base64url').toString();
    expect(cursor).not.toMatch(/ou yang|欧/);
  });

  it('stay masked for reporting tools whatever their token says', async () => {
    const reporting = { role: 'REPORTING', division: '220102', scopes, actor: 'tool' } as const;
    const text = JSON.stringify(await askEverywhere(reporting));
    expect([times(text, masked.name), times(text, whole.name), times(text, whole.phone)]).toEqual([places, 0, 0]);
    expect(
      (await service.ask(reporting, `{ people(where: { search: "欧" }) { totalCount } }`)).errors?.[0]?.extensions.code,
    ).toBe('FORBIDDEN');
    expect(await readLog('tool')).toEqual([]);
  });

  it('are not there at all for partners and auditors, another county or another organisation', async () => {
    const others = [
      { role: 'PARTNER', division: '220102', organisation: organisationId, scopes },
      { role: 'AUDITOR', division: '220100', scopes },
      { role: 'ORGANISATION', division: '220102', organisation: id, scopes },
      { ...county('220104'), scopes },
    ] as const;
    for (const viewer of others)
      expect(JSON.stringify(await askEverywhere({ ...viewer, actor: 'nobody' }))).not.toContain('"name"');
    expect(await readLog('nobody')).toEqual([]);
  });

  it('of its own people an organisation sees, masked or whole as its token says', async () => {
    const own = { role: 'ORGANISATION', division: '220102', organisation: organisationId, actor: 'own' } as const;
    expect(times(JSON.stringify(await askEverywhere(own)), masked.name)).toBe(places);
    expect(times(JSON.stringify(await askEverywhere({ ...own, scopes })), whole.name)).toBe(places);
    expect(await readLog('own')).toHaveLength(1);
  });

  it('go to the city above as to the county', async () => {
    expect(times(JSON.stringify(await askEverywhere({ ...city, scopes })), whole.name)).toBe(places);
  });

  it('hold no identity number, neither in the row nor in a revision', async () => {
    const rows = await behindTheCurtain(
      'select to_jsonb(p)::text as row from person p union all select data::text from revision',
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.some(({ row }) => String(row).includes(identityNumber))).toBe(false);
  });
});
