import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisationWithBranch, enterPerson } from '../factories.ts';
import { people } from '../subgraph.ts';

const create = `mutation ($input: CreatePost!) { createPost(input: $input) { id version title kind lead endedOn person { id }
  of { __typename ... on Committee { id } ... on Branch { id } ... on Organisation { id } } } }`;
const update = `mutation ($input: UpdatePost!) { updatePost(input: $input) { version title kind } }`;
const end = `mutation ($input: EndPost!) { endPost(input: $input) { version endedOn } }`;
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

const aBranch = (divisionCode: string) => anOrganisationWithBranch(owner, anOrganisation({ divisionCode }));
const enter = (divisionCode: string) => enterPerson(service, divisionCode);
const aCommittee = async (divisionCode: string): Promise<string> =>
  (
    await owner.get(
      county(divisionCode),
      `mutation ($code: String!) { createCommittee(input: { divisionCode: $code, name: "行业党委" }) { id } }`,
      {
        code: divisionCode,
      },
    )
  ).createCommittee.id;
const appoint = async (viewer: any, input: object) => (await service.get(viewer, create, { input })).createPost;
const codeOf = async (viewer: any, query: string, input: object) =>
  (await service.ask(viewer, query, { input })).errors?.[0]?.extensions.code;

describe('post', () => {
  it('is held in a committee, a branch or an organisation, in exactly one', async () => {
    const { organisationId, branchId } = await aBranch('220102');
    const [personId, committeeId] = [await enter('220102'), await aCommittee('220102')];
    const title = '委员';
    const holders = [
      ['Committee', { committeeId }, committeeId],
      ['Branch', { branchId }, branchId],
      ['Organisation', { organisationId }, organisationId],
    ] as const;
    for (const [__typename, of, id] of holders)
      expect(await appoint(county('220102'), { personId, title, ...of })).toMatchObject({
        of: { __typename, id },
        person: { id: personId },
      });
    expect(await codeOf(county('220102'), create, { personId, title })).toBe('INVALID_INPUT');
    expect(await codeOf(county('220102'), create, { personId, title, branchId, organisationId })).toBe('INVALID_INPUT');
    expect(await codeOf(county('220102'), create, { personId, title, branchId, lead: 'PRINCIPAL' })).toBe('INVALID_INPUT');
    expect(await codeOf(county('220104'), create, { personId, title, branchId })).toBe('NOT_FOUND');
    const theirs = await aBranch('220104');
    expect(await codeOf(county('220102'), create, { personId, title, branchId: theirs.branchId })).toBe('NOT_FOUND');
  });

  it('of secretary is one per branch: another is a clear conflict until the first ended', async () => {
    const { branchId } = await aBranch('220102');
    const [first, second] = [await enter('220102'), await enter('220102')];
    const post = { branchId, title: '党支部书记', kind: 'SECRETARY' };
    const both = await Promise.all(
      [first, second].map(personId => service.ask(county('220102'), create, { input: { ...post, personId } })),
    );
    const refused = both.find(({ errors }) => errors);
    const made = both.find(({ errors }) => !errors)!.data.createPost;
    expect(refused?.errors?.[0]).toMatchObject({
      message: expect.stringContaining('has a secretary already'),
      extensions: { code: 'CONFLICT' },
    });
    const secretary = `query ($id: ID!) { _entities(representations: [{ __typename: "Branch", id: $id }]) { ... on Branch { secretary { id } } } }`;
    const asked = async (viewer: any) => (await service.get(viewer, secretary, { id: branchId }))._entities[0].secretary;
    expect(await asked(county('220102'))).toEqual(made.person);
    expect(await asked(county('220104'))).toBeNull();
    const deputy = await appoint(county('220102'), { branchId, personId: first, title: '副书记', kind: 'DEPUTY_SECRETARY' });
    const promote = { id: deputy.id, expectedVersion: 1, kind: 'SECRETARY', title: '书记' };
    expect(await codeOf(county('220102'), update, promote)).toBe('CONFLICT');
    await service.get(county('220102'), end, { input: { id: made.id, expectedVersion: 1, endedOn: '2023-06-01' } });
    expect(await asked(county('220102'))).toBeNull();
    expect((await service.get(county('220102'), update, { input: promote })).updatePost).toMatchObject({ kind: 'SECRETARY' });
    expect(await asked(county('220102'))).toEqual({ id: first });
  });

  it('without a kind is of the kind that its title says, and a title of nothing is none', async () => {
    const { branchId } = await aBranch('220102');
    const kinds = { 党支部书记: 'SECRETARY', 副书记: 'DEPUTY_SECRETARY', 组织委员: 'MEMBER', 书记助理: 'OTHER' };
    for (const [title, kind] of Object.entries(kinds))
      expect((await appoint(county('220102'), { personId: await enter('220102'), branchId, title })).kind).toBe(kind);
    const said = { personId: await enter('220102'), branchId, title: '书记', kind: 'OTHER' };
    expect((await appoint(county('220102'), said)).kind).toBe('OTHER');
    expect(await codeOf(county('220102'), create, { ...said, title: '无' })).toBe('INVALID_INPUT');
  });

  it('stays as it was once it ended, and does not end before it began', async () => {
    const { organisationId } = await aBranch('220102');
    const { id } = await appoint(county('220102'), {
      personId: await enter('220102'),
      organisationId,
      title: '经理',
      startedOn: '2023-02-01',
    });
    const input = { id, expectedVersion: 1, endedOn: '2023-01-01' };
    expect(await codeOf(county('220102'), end, input)).toBe('INVALID_INPUT');
    expect((await service.get(county('220102'), end, { input: { ...input, endedOn: '2023-03-01' } })).endPost.version).toBe(2);
    expect(await codeOf(county('220102'), end, { ...input, expectedVersion: 1, endedOn: '2023-03-01' })).toBe('VERSION_MISMATCH');
    expect(await codeOf(county('220102'), update, { id, expectedVersion: 2, title: '总监' })).toBe('NOT_ALLOWED');
  });

  it('of the three leads is shown by the committee in their order, while held, in the slice', async () => {
    const committeeId = await aCommittee('220103');
    const post = async (lead: string | null) =>
      appoint(county('220103'), { personId: await enter('220103'), committeeId, title: '三抓', lead });
    for (const lead of ['WORKING', null, 'PRINCIPAL', 'DEDICATED']) await post(lead);
    const { id } = await post('WORKING');
    await service.get(county('220103'), end, { input: { id, expectedVersion: 1, endedOn: '2023-06-01' } });
    const query = `query ($id: ID!) { _entities(representations: [{ __typename: "Committee", id: $id }]) { ... on Committee { leads { lead } } } }`;
    const leads = async (viewer: any) => (await service.get(viewer, query, { id: committeeId }))._entities[0].leads;
    expect(await leads(city)).toEqual(['PRINCIPAL', 'DEDICATED', 'WORKING'].map(lead => ({ lead })));
    expect(await leads(county('220102'))).toEqual([]);
  });

  it('is listed by person, place, kind, lead and life, other slices left out', async () => {
    const { branchId, organisationId } = await aBranch('220105');
    const elsewhere = await aBranch('220106');
    await appoint(county('220106'), {
      personId: await enter('220106'),
      branchId: elsewhere.branchId,
      title: '委员',
      kind: 'MEMBER',
    });
    const personId = await enter('220105');
    await appoint(county('220105'), { personId, branchId, title: '委员', kind: 'MEMBER' });
    await appoint(county('220105'), { personId, organisationId, title: '经理' });
    const titles = async (where: object) =>
      (
        await service.get(
          county('220105'),
          `query ($where: PostFilter) { posts(where: $where, orderBy: CREATED_ASC) { nodes { title } } }`,
          { where },
        )
      ).posts.nodes.map((node: any) => node.title);
    expect(await titles({})).toEqual(['委员', '经理']);
    expect(await titles({ kind: 'MEMBER' })).toEqual(['委员']);
    expect(await titles({ organisationId })).toEqual(['经理']);
    expect(await titles({ personId, branchId })).toEqual(['委员']);
    expect(await titles({ living: false })).toEqual([]);
    expect(await titles({ division: '220106' })).toEqual([]);
  });
});
