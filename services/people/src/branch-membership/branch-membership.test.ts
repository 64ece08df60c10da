import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisationWithBranch, enterPerson } from '../factories.ts';
import { people } from '../subgraph.ts';

const fields = `id version status joinedOn leftOn leaveReason division { code } branch { id } transferredFrom { id } person { id }`;
const create = `mutation ($input: CreateMembership!) { createMembership(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateMembership!) { updateMembership(input: $input) { ${fields} } }`;
const transfer = `mutation ($input: TransferMember!) { transferMember(input: $input) { ${fields} } }`;
const end = `mutation ($input: EndMembership!) { endMembership(input: $input) { ${fields} } }`;
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
const codeOf = async (viewer: any, query: string, input: object) =>
  (await service.ask(viewer, query, { input })).errors?.[0]?.extensions.code;
const joined = { status: 'PROBATIONARY', joinedOn: '2022-07-01' };
async function aMember(divisionCode: string) {
  const { branchId } = await aBranch(divisionCode);
  const input = { personId: await enter(divisionCode), branchId, ...joined };
  return (await service.get(county(divisionCode), create, { input })).createMembership;
}

describe('membership of a branch', () => {
  it('lies in the slice of the person and shows who, where and since when', async () => {
    const { branchId } = await aBranch('220102');
    const personId = await enter('220102');
    const { createMembership } = await service.get(county('220102'), create, { input: { personId, branchId, ...joined } });
    expect(createMembership).toMatchObject({
      ...joined,
      division: { code: '220102' },
      branch: { id: branchId },
      person: { id: personId },
    });
    const query = `query ($id: ID!) { branchMembership(id: $id) { id } }`;
    const { id } = createMembership;
    expect((await service.get(city, query, { id })).branchMembership).toEqual({ id });
    expect((await service.get(county('220104'), query, { id })).branchMembership).toBeNull();
  });

  it('needs a person and a branch of the slice', async () => {
    const [mine, theirs] = [await aBranch('220102'), await aBranch('220104')];
    const [person, stranger] = [await enter('220102'), await enter('220104')];
    const refused = (personId: string, branchId: string) => codeOf(county('220102'), create, { personId, branchId, ...joined });
    expect(await refused(person, theirs.branchId)).toBe('NOT_FOUND');
    expect(await refused(stranger, mine.branchId)).toBe('NOT_FOUND');
  });

  it('is one at a time: the second is a conflict, also of two at once, and possible when the first ended', async () => {
    const [first, second] = [await aBranch('220102'), await aBranch('220102')];
    const personId = await enter('220102');
    const both = await Promise.all(
      [first, second].map(({ branchId }) => codeOf(county('220102'), create, { personId, branchId, ...joined })),
    );
    expect(both.map(code => code ?? 'OK').sort()).toEqual(['CONFLICT', 'OK']);
    const third = await service.ask(county('220102'), create, { input: { personId, branchId: first.branchId, ...joined } });
    expect(third.errors?.[0]?.message).toContain('transfer the member');
    const list = `query ($id: ID) { branchMemberships(where: { personId: $id, living: true }) { nodes { id version } } }`;
    const [living] = (await service.get(county('220102'), list, { id: personId })).branchMemberships.nodes;
    await service.get(county('220102'), end, {
      input: { id: living.id, expectedVersion: 1, leftOn: '2023-01-01', reason: '退出' },
    });
    expect(await codeOf(county('220102'), create, { personId, branchId: first.branchId, ...joined })).toBeUndefined();
  });

  it.each([
    ['before the party was founded', '1921-06-30'],
    ['in the future', '2999-07-01'],
    ['before the age of eighteen', '2007-07-01'],
  ])('did not begin %s, nor is it corrected to that day', async (_title, joinedOn) => {
    const { branchId } = await aBranch('220102');
    const personId = await enterPerson(service, '220102', { birthYear: 1990 });
    const input = { personId, branchId, status: 'FULL' };
    const refused = await service.ask(county('220102'), create, { input: { ...input, joinedOn } });
    expect(refused.errors?.[0]).toMatchObject({
      message: expect.stringContaining('joinedOn: '),
      extensions: { code: 'INVALID_INPUT', reason: expect.any(String) },
    });
    const made = (await service.get(county('220102'), create, { input: { ...input, joinedOn: '2010-07-01' } })).createMembership;
    expect(await codeOf(county('220102'), update, { id: made.id, expectedVersion: 1, joinedOn })).toBe('INVALID_INPUT');
  });

  it('does not end in the future', async () => {
    const { id } = await aMember('220102');
    const input = { id, expectedVersion: 1, leftOn: '2999-01-01', reason: '出国' };
    expect(await codeOf(county('220102'), end, input)).toBe('INVALID_INPUT');
  });

  it('becomes a full one, of two editors once', async () => {
    const { id, version } = await aMember('220102');
    const input = { id, expectedVersion: version, status: 'FULL' };
    expect((await service.get(county('220102'), update, { input })).updateMembership).toMatchObject({
      status: 'FULL',
      version: 2,
    });
    expect(await codeOf(county('220102'), update, input)).toBe('VERSION_MISMATCH');
  });

  it('is transferred: the old one ends with the reason, the new one remembers where from', async () => {
    const member = await aMember('220102');
    const { branchId } = await aBranch('220102');
    const input = { id: member.id, expectedVersion: member.version, branchId, transferredOn: '2023-05-01', reason: '工作调动' };
    expect(await codeOf(county('220102'), transfer, { ...input, expectedVersion: 9 })).toBe('VERSION_MISMATCH');
    expect(await codeOf(county('220102'), transfer, { ...input, branchId: member.branch.id })).toBe('CONFLICT');
    expect(await codeOf(county('220102'), transfer, { ...input, transferredOn: '2022-06-30' })).toBe('INVALID_INPUT');
    expect(await codeOf(county('220104'), transfer, input)).toBe('NOT_FOUND');
    expect((await service.get(county('220102'), transfer, { input })).transferMember).toMatchObject({
      status: 'PROBATIONARY',
      joinedOn: '2023-05-01',
      leftOn: null,
      branch: { id: branchId },
      transferredFrom: { id: member.branch.id },
      person: member.person,
    });
    const query = `query ($id: ID!) { person(id: $id) { memberships { nodes { leftOn leaveReason branch { id } } } } }`;
    expect((await service.get(county('220102'), query, { id: member.person.id })).person.memberships.nodes).toEqual([
      { leftOn: null, leaveReason: null, branch: { id: branchId } },
      { leftOn: '2023-05-01', leaveReason: '工作调动', branch: member.branch },
    ]);
    expect(await codeOf(county('220102'), transfer, { ...input, expectedVersion: 2 })).toBe('NOT_ALLOWED');
  });

  it('leaves nothing half done when the transfer is refused', async () => {
    const member = await aMember('220102');
    const theirs = await aBranch('220104');
    const input = {
      id: member.id,
      expectedVersion: 1,
      branchId: theirs.branchId,
      transferredOn: '2023-05-01',
      reason: '工作调动',
    };
    expect(await codeOf(county('220102'), transfer, input)).toBe('NOT_FOUND');
    const query = `query ($id: ID!) { branchMembership(id: $id) { version leftOn } }`;
    expect((await service.get(county('220102'), query, { id: member.id })).branchMembership).toEqual({
      version: 1,
      leftOn: null,
    });
    expect((await service.get(city, transfer, { input })).transferMember.branch.id).toBe(theirs.branchId);
  });

  it('stays as it was once it ended', async () => {
    const { id } = await aMember('220102');
    const input = { id, expectedVersion: 1, leftOn: '2023-06-01', reason: '出国' };
    expect((await service.get(county('220102'), end, { input })).endMembership).toMatchObject({
      leftOn: '2023-06-01',
      leaveReason: '出国',
    });
    expect(await codeOf(county('220102'), end, { ...input, expectedVersion: 2 })).toBe('NOT_ALLOWED');
    expect(await codeOf(county('220102'), update, { id, expectedVersion: 2, status: 'FULL' })).toBe('NOT_ALLOWED');
    const query = `query ($id: ID!) { branchMembership(id: $id) { history { kind changes { field after } } } }`;
    const [last] = (await service.get(county('220102'), query, { id })).branchMembership.history;
    expect(last).toMatchObject({ kind: 'UPDATED', changes: expect.arrayContaining([{ field: 'left_on', after: '2023-06-01' }]) });
  });

  it('is listed by branch, status and life, other slices left out', async () => {
    await aMember('220106');
    const { branchId } = await aBranch('220105');
    for (const status of ['FULL', 'FULL', 'PROBATIONARY'])
      await service.get(county('220105'), create, { input: { personId: await enter('220105'), branchId, ...joined, status } });
    const count = async (where: object) =>
      (
        await service.get(
          county('220105'),
          `query ($where: MembershipFilter) { branchMemberships(where: $where) { totalCount } }`,
          { where },
        )
      ).branchMemberships.totalCount;
    expect(await count({})).toBe(3);
    expect(await count({ branchId, status: 'FULL' })).toBe(2);
    expect(await count({ living: false })).toBe(0);
    expect(await count({ division: '220106' })).toBe(0);
  });
});
