import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { allScopes, city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisationWithBranch, enterPerson } from '../factories.ts';
import { people } from '../subgraph.ts';

let owner: TestService;
let service: TestService;
beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(people, { organisations: owner.url });
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

interface Enterprise {
  organisationId: string;
  branchId: string;
  staff: string[];
}

/** An enterprise with its branch and members, the first of them secretary and contact. */
async function anEnterprise(divisionCode: string, members: number): Promise<Enterprise> {
  const viewer = county(divisionCode);
  const { organisationId, branchId } = await anOrganisationWithBranch(owner, anOrganisation({ divisionCode }));
  const staff: string[] = [];
  for (let i = 0; i < members; i++) {
    const person = await enterPerson(service, divisionCode, { organisationId });
    await service.get(
      viewer,
      `mutation ($p: ID!, $b: ID!) { createMembership(input: { personId: $p, branchId: $b, status: FULL, joinedOn: "2020-07-01" }) { id } }`,
      { p: person, b: branchId },
    );
    staff.push(person);
  }
  await service.get(
    viewer,
    `mutation ($p: ID!, $b: ID!) { setContact(input: { id: $p, expectedVersion: 1 }) { id }
      createPost(input: { personId: $p, branchId: $b, title: "书记", kind: SECRETARY }) { id } }`,
    { p: staff[0], b: branchId },
  );
  return { organisationId, branchId, staff };
}

describe('people', () => {
  it('come last entered first with stable cursors both ways, other slices left out', async () => {
    await enterPerson(service, '220106');
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.unshift(await enterPerson(service, '220105'));
    const query = `query ($after: String, $before: String, $first: Int, $last: Int) {
      people(first: $first, last: $last, after: $after, before: $before) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const page = async (variables: object) => (await service.get(county('220105'), query, variables)).people;
    const one = await page({ first: 3 });
    expect(one).toMatchObject({ totalCount: 4, nodes: ids.slice(0, 3).map(id => ({ id })), pageInfo: { hasNextPage: true } });
    const two = await page({ first: 3, after: one.pageInfo.endCursor });
    expect(two).toMatchObject({ nodes: [{ id: ids[3] }], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    const back = await page({ last: 2, before: two.pageInfo.startCursor });
    expect(back).toMatchObject({ nodes: [{ id: ids[1] }, { id: ids[2] }], pageInfo: { hasPreviousPage: true } });
  });

  it('come in pinyin order by name', async () => {
    const viewer = { ...county('220112'), scopes: [...allScopes, 'people:personal'] };
    await enterPerson(service, '220113', { name: '阿别县' });
    for (const name of ['张丙', '安甲', '李乙']) await enterPerson(service, '220112', { name });
    const query = `{ people(orderBy: NAME_ASC) { nodes { name } } }`;
    expect((await service.get(viewer, query)).people.nodes.map((node: any) => node.name)).toEqual(['安甲', '李乙', '张丙']);
  });

  it('are filtered by division, organisation, branch, gender and verification', async () => {
    const [{ organisationId, branchId, staff }, other] = [await anEnterprise('220104', 2), await anEnterprise('220103', 1)];
    const woman = await enterPerson(service, '220104', { organisationId, gender: 'FEMALE' });
    await service.get(
      county('220104'),
      `mutation ($id: ID!) { verifyPerson(input: { id: $id, expectedVersion: 1, method: "现场", verifiedOn: "2023-03-01" }) { id } }`,
      { id: woman },
    );
    const found = async (where: object | null) =>
      (
        await service.get(
          city,
          `query ($where: PersonFilter) { people(where: $where, orderBy: CREATED_ASC) { totalCount nodes { id } } }`,
          { where },
        )
      ).people;
    const ids = (list: any) => list.nodes.map((node: any) => node.id);
    expect(ids(await found({ division: '220104' }))).toEqual([...staff, woman]);
    expect(ids(await found({ organisationId }))).toEqual([...staff, woman]);
    expect(await found({ branchId })).toMatchObject({ totalCount: 2, nodes: staff.map(id => ({ id })) });
    expect(ids(await found({ gender: 'FEMALE', organisationId }))).toEqual([woman]);
    expect(ids(await found({ realNameStatus: 'VERIFIED', division: '220104' }))).toEqual([woman]);
    expect(ids(await found({ isContact: true, organisationId }))).toEqual([staff[0]]);
    expect(ids(await found({ organisationId: other.organisationId, division: '220104' }))).toEqual([]);
    expect((await found(null)).totalCount).toBeGreaterThan(3);
    const bad = await service.ask(city, `{ people(where: { division: "长春" }) { totalCount } }`);
    expect(bad.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('of an organisation are all an organisation sees, with their memberships and posts', async () => {
    const [own, other] = [await anEnterprise('220102', 2), await anEnterprise('220102', 1)];
    const viewer = { role: 'ORGANISATION', division: '220102', organisation: own.organisationId } as const;
    const seen = await service.get(
      viewer,
      `{ people { totalCount } branchMemberships { totalCount nodes { branch { id } } } posts { totalCount } }`,
    );
    expect(seen).toMatchObject({ people: { totalCount: 2 }, branchMemberships: { totalCount: 2 }, posts: { totalCount: 1 } });
    expect(seen.branchMemberships.nodes[0].branch.id).toBe(own.branchId);
    const neighbour = `query ($id: ID!) { _entities(representations: [{ __typename: "Organisation", id: $id }]) { ... on Organisation { memberCount contact { id } people { totalCount } } } }`;
    expect((await service.get(viewer, neighbour, { id: other.organisationId }))._entities).toEqual([
      { memberCount: 0, contact: null, people: { totalCount: 0 } },
    ]);
  });

  it('hang on organisations, branches and divisions in a number of statements that does not grow', async () => {
    const enterprises: Enterprise[] = [];
    for (let i = 0; i < 12; i++) enterprises.push(await anEnterprise('220106', 2));
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Organisation { memberCount contact { id organisation { id } } people(first: 3) { totalCount pageInfo { endCursor }
        nodes { id memberships { nodes { branch { id } person { id } } } posts { totalCount nodes { of { __typename } } } } } }
      ... on Branch { memberCount secretary { id } members(first: 3) { totalCount nodes { id } } }
      ... on Division { peopleFigures { members } people(first: 1) { totalCount } } } }`;
    const statements = async (some: Enterprise[]) => {
      const of = some.flatMap(({ organisationId, branchId }) => [
        { __typename: 'Organisation', id: organisationId },
        { __typename: 'Branch', id: branchId },
      ]);
      const answer = await service.ask(city, query, { of: [...of, { __typename: 'Division', code: '220106' }] });
      expect(answer.errors).toBeUndefined();
      return { count: answer.statements, answer: answer.data._entities };
    };
    const [few, many] = [await statements(enterprises.slice(0, 2)), await statements(enterprises)];
    expect(few.count).toBeGreaterThan(5);
    expect(many.count).toBe(few.count);
    for (const [i, { branchId, organisationId, staff }] of enterprises.entries()) {
      expect(many.answer[2 * i]).toMatchObject({
        memberCount: 2,
        contact: { id: staff[0], organisation: { id: organisationId } },
        people: {
          totalCount: 2,
          nodes: [{ id: staff[1] }, { id: staff[0], posts: { totalCount: 1, nodes: [{ of: { __typename: 'Branch' } }] } }],
        },
      });
      expect(many.answer[2 * i].people.nodes[0].memberships.nodes).toEqual([
        { branch: { id: branchId }, person: { id: staff[1] } },
      ]);
      expect(many.answer[2 * i + 1]).toEqual({
        memberCount: 2,
        secretary: { id: staff[0] },
        members: { totalCount: 2, nodes: [{ id: staff[1] }, { id: staff[0] }] },
      });
    }
  });

  it('are empty, not null, for an organisation nobody mentioned here, and null for what is no id', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Organisation { people { totalCount } memberCount } ... on Division { code } } }`;
    const of = [
      { __typename: 'Organisation', id: '11111111-1111-4111-8111-111111111111' },
      { __typename: 'Organisation', id: 'forged' },
      { __typename: 'Division', code: '长春' },
    ];
    expect((await service.get(city, query, { of }))._entities).toEqual([
      { people: { totalCount: 0 }, memberCount: 0 },
      null,
      null,
    ]);
  });
});
