import { randomInt } from 'node:crypto';
import { identityCheck } from './person/identity-number.ts';

/** A well-formed identity number that no other call gives; of a year in which nobody living was born. */
export function anIdentityNumber(): string {
  const body = `2201021801${String(randomInt(10_000_000)).padStart(7, '0')}`;
  return body + identityCheck(body);
}

const givenNames = '春分清明谷雨立夏小满芒种夏至小暑大暑立秋处暑白露秋分寒露霜降立冬小雪大雪冬至';
const anyOf = (signs: string) => signs[randomInt(signs.length)]!;

/** Input of createPerson, like nobody else's; of a division alone unless overridden. */
export const aPerson = ({ organisationId, ...overrides }: { organisationId?: string } & Record<string, unknown> = {}) => ({
  name: `张${anyOf(givenNames)}${anyOf(givenNames)}${anyOf(givenNames)}`,
  phone: `138${String(randomInt(100_000_000)).padStart(8, '0')}`,
  ...(organisationId ? { organisationId } : { divisionCode: '220102' }),
  ...overrides,
});

/** Whoever answers operations of a subgraph in a test. */
interface Asked {
  get(viewer: any, query: string, variables?: object): Promise<any>;
}

/** Enters an organisation, given as its input, and a branch of its own with the subgraph that owns them. */
export async function anOrganisationWithBranch(
  organisations: Asked,
  input: { divisionCode: string },
): Promise<{ organisationId: string; branchId: string }> {
  const viewer = { role: 'COMMITTEE', division: input.divisionCode };
  const enter = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;
  const { id } = (await organisations.get(viewer, enter, { input })).createOrganisation;
  const establish = `mutation ($id: ID!) { createBranch(input: { name: "测试支部", organisationIds: [$id] }) { id } }`;
  return { organisationId: id, branchId: (await organisations.get(viewer, establish, { id })).createBranch.id };
}

/** Enters a person as the county of the division, whoever else is alike; answers the id. */
export async function enterPerson(people: Asked, divisionCode: string, overrides: object = {}): Promise<string> {
  const enter = `mutation ($input: CreatePerson!) { createPerson(input: $input) { id } }`;
  const input = aPerson({ confirmNew: true, ...overrides, ...('organisationId' in overrides ? {} : { divisionCode }) });
  return (await people.get({ role: 'COMMITTEE', division: divisionCode }, enter, { input })).createPerson.id;
}
