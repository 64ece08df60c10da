import { organisations } from '@hub/organisations/subgraph';
import { type TestService, testService } from '@hub/test/test-service';
import { county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enterPerson } from '../factories.ts';
import { people } from '../subgraph.ts';

const blind = county('220102');
const known = { name: '欧阳测试', phone: '13812345678' };
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

/** The second change goes through after one that counted, the third never: nothing is kept, and nobody would notice. */
const tried = `mutation ($guess: UpdatePerson!, $id: ID!) {
  guess: updatePerson(input: $guess) { id }
  after: updatePerson(input: { id: $id, expectedVersion: 2, jobTitle: "x" }) { id }
  undone: updatePerson(input: { id: "00000000-0000-4000-8000-000000000000", expectedVersion: 1 }) { id } }`;
const verify = `mutation ($id: ID!) {
  verifyPerson(input: { id: $id, expectedVersion: 1, method: "现场核验身份证", verifiedOn: "2023-01-01" }) { id } }`;
const change = `mutation ($input: UpdatePerson!) { updatePerson(input: $input) { version realName { status } } }`;

describe('a change by somebody who sees masks only', () => {
  it.each([
    ['name', known.name, '欧阳某某'],
    ['phone', known.phone, '13812345679'],
  ])('does not tell whether a guessed %s is right, undone or not', async (field, right, wrong) => {
    const told = async (guess: string) => {
      const id = await enterPerson(service, '220102', known);
      const { errors } = await service.ask(blind, tried, { id, guess: { id, expectedVersion: 1, [field]: guess } });
      await service.get(blind, verify, { id });
      const kept = await service.get(blind, change, { input: { id, expectedVersion: 2, [field]: guess } });
      return { codes: errors?.map(({ path, extensions }: any) => [path, extensions.code]), kept };
    };
    expect(await told(right)).toEqual(await told(wrong));
  });
});
