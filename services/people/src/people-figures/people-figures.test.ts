import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { eventually } from '@hub/test/eventually';
import { justNow } from '@hub/test/just-now';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
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

const query = `query ($asOf: DateTimeISO, $of: [_Any!]!) { _entities(representations: $of) { ... on Division { people { totalCount } peopleFigures(asOf: $asOf) {
  people verifiedPeople members fullMembers probationaryMembers secretaries branchesWithSecretary branchesWithMembers } } } }`;
const divisions = (codes: string[]) => codes.map(code => ({ __typename: 'Division', code }));
const asked = async (viewer: any, code: string, asOf?: string) =>
  (await service.get(viewer, query, { asOf, of: divisions([code]) }))._entities[0];

const aBranch = async (divisionCode: string) =>
  (await anOrganisationWithBranch(owner, anOrganisation({ divisionCode }))).branchId;
async function aMember(
  divisionCode: string,
  branchId: string,
  status: string,
): Promise<{ personId: string; membershipId: string }> {
  const personId = await enterPerson(service, divisionCode);
  const join = `mutation ($input: CreateMembership!) { createMembership(input: $input) { id } }`;
  const input = { personId, branchId, status, joinedOn: '2020-07-01' };
  return { personId, membershipId: (await service.get(county(divisionCode), join, { input })).createMembership.id };
}

describe('people figures', () => {
  it('count what the viewer could list, now and as of a moment, and are null outside the slice', async () => {
    await aMember('220104', await aBranch('220104'), 'FULL');
    const [one, two] = [await aBranch('220102'), await aBranch('220102')];
    const first = await aMember('220102', one, 'FULL');
    await aMember('220102', one, 'PROBATIONARY');
    const third = await aMember('220102', two, 'FULL');
    await service.get(
      county('220102'),
      `mutation ($p: ID!, $b: ID!) { createPost(input: { personId: $p, branchId: $b, title: "书记", kind: SECRETARY }) { id }
        verifyPerson(input: { id: $p, expectedVersion: 1, method: "现场", verifiedOn: "2023-03-01" }) { id } }`,
      { p: first.personId, b: one },
    );
    const full = {
      people: 3,
      verifiedPeople: 1,
      members: 3,
      fullMembers: 2,
      probationaryMembers: 1,
      secretaries: 1,
      branchesWithSecretary: 1,
      branchesWithMembers: 2,
    };
    expect(await asked(county('220102'), '220102')).toEqual({ people: { totalCount: 3 }, peopleFigures: full });
    const before = justNow().toISOString();
    await service.get(
      county('220102'),
      `mutation ($id: ID!) { endMembership(input: { id: $id, expectedVersion: 1, leftOn: "2023-06-01", reason: "离开" }) { id } }`,
      { id: third.membershipId },
    );
    expect((await asked(city, '220102')).peopleFigures).toEqual({ ...full, members: 2, fullMembers: 1, branchesWithMembers: 1 });
    await eventually(async () => expect((await asked(city, '220102', before)).peopleFigures).toEqual(full));
    expect((await asked(city, '220100')).peopleFigures).toMatchObject({ people: 4, members: 3 });
    expect(await asked(county('220104'), '220102')).toEqual({ people: { totalCount: 0 }, peopleFigures: null });
    const reporting = { role: 'REPORTING', division: '220102' } as const;
    expect((await asked(reporting, '220102')).peopleFigures.people).toBe(3);
    const own = { role: 'ORGANISATION', division: '220102', organisation: first.personId } as const;
    expect(await asked(own, '220102')).toEqual({ people: { totalCount: 0 }, peopleFigures: null });
  });
});
