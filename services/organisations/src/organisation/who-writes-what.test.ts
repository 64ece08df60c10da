import { subgraphSchema } from '@hub/kit/subgraph';
import { type Role, roles } from '@hub/kit/viewer';
import { type TestService, testService } from '@hub/test/test-service';
import { allScopes } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLInputObjectType, type GraphQLSchema, isNullableType } from 'graphql';
import { anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

const own = { shortName: '简称', address: '新址', website: 'https://example.org' };
/** A value for every field that an input has; a field without one fails the test. */
const values: Record<string, Record<string, unknown>> = {
  UpdateOrganisation: {
    ...own,
    industry: '软件',
    isKey: true,
    registeredOn: '2020-01-01',
    membershipTier: '常务理事',
    memberSince: '2020-01-01',
    memberUntil: '2030-01-01',
    assuredOn: '2024-01-01',
    legalName: '长春改名科技有限公司',
    status: 'SUSPENDED',
  },
  UpdateFigure: { value: 12, source: '自报', status: 'VERIFIED' },
};
const ofMember: Record<string, readonly string[]> = { UpdateOrganisation: Object.keys(own), UpdateFigure: ['value', 'source'] };
const keys = ['id', 'expectedVersion'];

let schema: GraphQLSchema;
let service: TestService;
beforeAll(async () => {
  schema = await subgraphSchema(organisations);
  service = await testService(organisations);
});
afterAll(() => service?.stop());

const fieldsOf = (input: string) =>
  Object.values((schema.getType(input) as GraphQLInputObjectType).getFields()).filter(({ name }) => !keys.includes(name));
const committee = { role: 'COMMITTEE', division: '220102' } as const;

/** Makes a file with a figure, and has somebody of the role write one field of it. */
async function write(input: string, field: string, value: unknown, role: Role): Promise<string> {
  const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }`;
  const organisation = (await service.get(committee, create, { input: anOrganisation() })).createOrganisation;
  const report = `mutation ($id: ID!) { createFigure(input: { organisationId: $id, indicator: EMPLOYEES, period: "2022", value: 10 }) { id version } }`;
  const figure = (await service.get(committee, report, { id: organisation.id })).createFigure;
  const { id, version } = input === 'UpdateFigure' ? figure : organisation;
  const actsFor = role === 'ORGANISATION' || role === 'PARTNER' ? { organisation: organisation.id } : {};
  const viewer = { role, division: '220102', ...actsFor, scopes: [...allScopes, 'role:COMMITTEE'] };
  const mutation = `mutation ($input: ${input}!) { ${input.charAt(0).toLowerCase()}${input.slice(1)}(input: $input) { id } }`;
  const { errors } = await service.ask(viewer, mutation, { input: { id, expectedVersion: version, [field]: value } });
  return errors?.[0]?.extensions.code ?? 'WRITTEN';
}

describe.each(Object.keys(values))('%s', input => {
  it.each(roles)('is written by %s field by field as the rules say', async role => {
    const told: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const { name } of fieldsOf(input)) {
      const may = role === 'COMMITTEE' || (role === 'ORGANISATION' && ofMember[input]!.includes(name));
      expect(values[input]).toHaveProperty(name);
      told[name] = await write(input, name, values[input]![name], role);
      expected[name] = may ? 'WRITTEN' : told[name] === 'NOT_FOUND' ? 'NOT_FOUND' : 'FORBIDDEN';
    }
    expect(told).toEqual(expected);
  });

  it('is not emptied by a member organisation either', async () => {
    const kept = fieldsOf(input).filter(({ name, type }) => isNullableType(type) && !ofMember[input]!.includes(name));
    expect(kept.length).toBeGreaterThan(0);
    for (const { name } of kept) expect([name, await write(input, name, null, 'ORGANISATION')]).toEqual([name, 'FORBIDDEN']);
  });
});
