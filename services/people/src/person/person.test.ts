import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { caughtUp } from '@hub/test/caught-up';
import { eventually } from '@hub/test/eventually';
import { type TestService, testService } from '@hub/test/test-service';
import { allScopes, city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anIdentityNumber, aPerson } from '../factories.ts';
import { people } from '../subgraph.ts';

process.env.HUB_IDENTITY_KEY = 'the key of the tests';
const create = `mutation ($input: CreatePerson!) { createPerson(input: $input) { id version name phone division { code } organisation { id } } }`;
const update = `mutation ($input: UpdatePerson!) { updatePerson(input: $input) { version name jobTitle isContact organisation { id } division { code } realName { status method verifiedOn } } }`;
const one = `query ($id: ID!) { person(id: $id) { id name phone organisation { id } } }`;
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

const enterOrganisation = async (divisionCode: string): Promise<{ id: string; version: number }> =>
  (
    await owner.get(
      county(divisionCode),
      `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }`,
      {
        input: anOrganisation({ divisionCode }),
      },
    )
  ).createOrganisation;
const enter = async (viewer: any, overrides: Record<string, unknown> = {}) =>
  (await service.get(viewer, create, { input: aPerson(overrides) })).createPerson;
const codeOf = async (viewer: any, query: string, variables: object) =>
  (await service.ask(viewer, query, variables)).errors?.[0]?.extensions.code;

describe('person', () => {
  it('is entered by the county of the organisation and seen by it and the city only', async () => {
    const organisation = await enterOrganisation('220102');
    const person = await enter(county('220102'), { organisationId: organisation.id });
    expect(person).toMatchObject({ division: { code: '220102' }, organisation: { id: organisation.id } });
    const { id } = person;
    expect((await service.get(county('220102'), one, { id })).person).not.toBeNull();
    expect((await service.get(city, one, { id })).person).not.toBeNull();
    expect((await service.get(county('220104'), one, { id })).person).toBeNull();
    const entity = `query ($id: ID!) { _entities(representations: [{ __typename: "Person", id: $id }]) { ... on Person { id } } }`;
    expect((await service.get(county('220104'), entity, { id }))._entities).toEqual([null]);
    expect((await service.get(county('220102'), entity, { id }))._entities).toEqual([{ id }]);
    expect((await service.get(county('220102'), entity, { id: 'no uuid' }))._entities).toEqual([null]);
  });

  it('cannot be entered for a hidden organisation, another division, an unknown one, both or neither', async () => {
    const { id: organisationId } = await enterOrganisation('220104');
    const refused = (input: object) => codeOf(county('220102'), create, { input });
    expect(await refused(aPerson({ organisationId }))).toBe('NOT_FOUND');
    expect(await refused(aPerson({ divisionCode: '220104' }))).toBe('FORBIDDEN');
    expect(await refused(aPerson({ divisionCode: '220199' }))).toBe('INVALID_INPUT');
    expect(await refused(aPerson({ organisationId, divisionCode: '220102' }))).toBe('INVALID_INPUT');
    expect(await refused({ name: '张测试' })).toBe('INVALID_INPUT');
  });

  it('refuses a malformed phone and a malformed identity number, without repeating it', async () => {
    expect(await codeOf(county('220102'), create, { input: aPerson({ phone: '138-0000' }) })).toBe('INVALID_INPUT');
    const identityNumber = anIdentityNumber();
    const wrong = identityNumber.slice(0, 17) + (identityNumber.endsWith('1') ? '2' : '1');
    const { errors } = await service.ask(county('220102'), create, { input: aPerson({ identityNumber: wrong }) });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
    expect(JSON.stringify(errors)).not.toContain(wrong);
  });

  it('is refused twice with one identity number, whichever county enters it', async () => {
    const identityNumber = anIdentityNumber();
    await enter(county('220102'), { identityNumber });
    const again = await service.ask(county('220104'), create, { input: aPerson({ divisionCode: '220104', identityNumber }) });
    expect(again.errors?.[0]).toMatchObject({
      message: expect.stringContaining('identity number'),
      extensions: { code: 'CONFLICT' },
    });
  });

  it('needs the operator to set the identity key, only where a number is given', async () => {
    const key = process.env.HUB_IDENTITY_KEY;
    delete process.env.HUB_IDENTITY_KEY;
    const answer = await service.ask(county('220102'), create, { input: aPerson({ identityNumber: anIdentityNumber() }) });
    await enter(county('220102'));
    process.env.HUB_IDENTITY_KEY = key;
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringContaining('HUB_IDENTITY_KEY'),
      extensions: { code: 'UNAVAILABLE' },
    });
  });

  it('lets one of two editors with the same version win', async () => {
    const { id, version } = await enter(county('220102'));
    const both = await Promise.all(
      ['工程师', '经理'].map(jobTitle => codeOf(county('220102'), update, { input: { id, expectedVersion: version, jobTitle } })),
    );
    expect(both.map(code => code ?? 'OK').sort()).toEqual(['OK', 'VERSION_MISMATCH']);
  });

  it('is verified by real name, and another name has to be verified again', async () => {
    const { id, version } = await enter(county('220102'), { name: '张测试' });
    const verify = `mutation ($input: VerifyPerson!) { verifyPerson(input: $input) { version realName { status method verifiedOn } } }`;
    const input = { id, expectedVersion: version, method: '现场核验身份证', verifiedOn: '2023-03-01' };
    expect(await codeOf(county('220102'), verify, { input: { ...input, status: 'UNVERIFIED' } })).toBe('INVALID_INPUT');
    const verified = (await service.get(county('220102'), verify, { input })).verifyPerson;
    expect(verified.realName).toEqual({ status: 'VERIFIED', method: '现场核验身份证', verifiedOn: '2023-03-01' });
    const same = (
      await service.get({ ...county('220102'), scopes: [...allScopes, 'people:personal'] }, update, {
        input: { id, expectedVersion: verified.version, name: '张测试', jobTitle: '经理' },
      })
    ).updatePerson;
    expect(same.realName.status).toBe('VERIFIED');
    const renamed = (
      await service.get(county('220102'), update, { input: { id, expectedVersion: same.version, name: '章测试' } })
    ).updatePerson;
    expect(renamed.realName).toEqual({ status: 'UNVERIFIED', method: null, verifiedOn: null });
  });

  it('is the one contact of the organisation in place of the former', async () => {
    const organisation = await enterOrganisation('220102');
    const [first, second] = [
      await enter(county('220102'), { organisationId: organisation.id }),
      await enter(county('220102'), { organisationId: organisation.id }),
    ];
    const set = `mutation ($input: SetContact!) { setContact(input: $input) { version isContact } }`;
    const contact = `query ($id: ID!) { _entities(representations: [{ __typename: "Organisation", id: $id }]) { ... on Organisation { contact { id } } } }`;
    const asked = async () => (await service.get(county('220102'), contact, { id: organisation.id }))._entities[0].contact;
    expect(await asked()).toBeNull();
    await service.get(county('220102'), set, { input: { id: first.id, expectedVersion: 1 } });
    expect(await asked()).toEqual({ id: first.id });
    await service.get(county('220102'), set, { input: { id: second.id, expectedVersion: 1 } });
    expect(await asked()).toEqual({ id: second.id });
    await service.get(county('220102'), set, { input: { id: second.id, expectedVersion: 2, isContact: false } });
    expect(await asked()).toBeNull();
    const { id } = await enter(county('220102'));
    expect(await codeOf(county('220102'), set, { input: { id, expectedVersion: 1 } })).toBe('NOT_ALLOWED');
  });

  it('follows a moved organisation: the new county sees the person, the old one no longer', async () => {
    const organisation = await enterOrganisation('220102');
    const { id } = await enter(county('220102'), { organisationId: organisation.id });
    await owner.get(city, `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`, {
      input: {
        id: organisation.id,
        expectedVersion: organisation.version,
        divisionCode: '220106',
        movedOn: '2023-03-01',
        reason: '注册地变更',
      },
    });
    await caughtUp(service, people.follows![0]!, owner);
    expect((await service.get(county('220102'), one, { id })).person).toBeNull();
    expect((await service.get(county('220106'), one, { id })).person).toMatchObject({ organisation: { id: organisation.id } });
    const feed = `{ peopleChanges(first: 1000) { nodes { kind entityId } } }`;
    const kinds = async (division: string) =>
      (await service.get(county(division), feed)).peopleChanges.nodes
        .filter((change: any) => change.entityId === id)
        .map((change: any) => change.kind);
    await eventually(async () => expect(await kinds('220102')).toEqual(['CREATED', 'LEFT_SCOPE']));
    expect(await kinds('220106')).toEqual(['ENTERED_SCOPE']);
    const follower = { role: 'SERVICE', division: '000000' } as const;
    const followers = (await service.get(follower, feed)).peopleChanges.nodes.filter((change: any) => change.entityId === id);
    expect(followers.at(-1)).toEqual({ kind: 'ENTERED_SCOPE', entityId: id });
  });

  it('goes to another organisation of the slice, no longer as the contact of the former', async () => {
    const [from, to, beyond] = [
      await enterOrganisation('220102'),
      await enterOrganisation('220103'),
      await enterOrganisation('220281'),
    ];
    const { id } = await enter(county('220102'), { organisationId: from.id });
    const viewer = city;
    await service.get(viewer, `mutation ($id: ID!) { setContact(input: { id: $id, expectedVersion: 1 }) { id } }`, { id });
    const input = { id, expectedVersion: 2, organisationId: to.id };
    expect(await codeOf(county('220102'), update, { input })).toBe('NOT_FOUND');
    expect(await codeOf(viewer, update, { input: { ...input, organisationId: beyond.id } })).toBe('NOT_FOUND');
    expect((await service.get(viewer, update, { input })).updatePerson).toMatchObject({
      isContact: false,
      organisation: { id: to.id },
      division: { code: '220103' },
    });
  });

  it('is not written by organisations and reporting tools, nor without the scope', async () => {
    const organisation = await enterOrganisation('220102');
    const { id } = await enter(county('220102'), { organisationId: organisation.id });
    const own = { role: 'ORGANISATION', division: '220102', organisation: organisation.id } as const;
    const input = { id, expectedVersion: 1, jobTitle: '经理' };
    expect(await codeOf(own, update, { input })).toBe('FORBIDDEN');
    expect(await codeOf(own, create, { input: aPerson({ organisationId: organisation.id }) })).toBe('FORBIDDEN');
    expect(await codeOf({ role: 'REPORTING', division: '220102' }, update, { input })).toBe('FORBIDDEN');
    expect(await codeOf({ ...county('220102'), scopes: ['people:read'] }, update, { input })).toBe('FORBIDDEN');
    expect(await codeOf({ ...county('220102'), scopes: allScopes.filter(scope => scope !== 'people:read') }, one, { id })).toBe(
      'FORBIDDEN',
    );
  });
});
