import { anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { caughtUp } from '@hub/test/caught-up';
import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { aDonation } from '../factories.ts';
import { programs } from '../subgraph.ts';

let owner: TestService;
let service: TestService;
beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(programs, { organisations: owner.url });
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

const organisationIn = async (divisionCode: string): Promise<{ id: string; version: number }> => {
  const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version } }`;
  return (await owner.get(city, create, { input: anOrganisation({ divisionCode }) })).createOrganisation;
};
/** As the database's owner: the copy of a person, which the people subgraph owns, and what its feed does to it. */
async function asOwner(sql: string, values: unknown[]) {
  const client = new pg.Client({ connectionString: service.database.ownerUrl });
  await client.connect();
  await client.query(sql, values).finally(() => client.end());
}
const personIn = async (division: string): Promise<string> => {
  const id = crypto.randomUUID();
  await asOwner('insert into person (id, division_code) values ($1, $2)', [id, division]);
  return id;
};
const create = `mutation ($input: CreateDonation!) { createDonation(input: $input) { id version division { code } anonymous donor { __typename ... on Organisation { id donationTotal } ... on Person { id } } kind amount items { description quantity unit } valuation { amount method } } }`;
const give = async (viewer: any, overrides: object) =>
  (await service.get(viewer, create, { input: aDonation(overrides) })).createDonation;
const reverse = `mutation ($input: ReverseDonation!) { reverseDonation(input: $input) { id kind amount items { quantity } valuation { amount } donatedOn reversalReason reversalOf { id reversed version } } }`;
const update = `mutation ($input: UpdateDonation!) { updateDonation(input: $input) { version purpose receiptNo publishName amount } }`;
const read = `query ($id: ID!) { donation(id: $id) { amount division { code } } }`;
const goods = {
  kind: 'GOODS',
  amount: undefined,
  items: [{ description: '医用口罩', quantity: 5000, unit: '只' }],
  valuation: { amount: 10_000.5, method: '发票' },
};
const code = (answer: any) => answer.errors?.[0]?.extensions.code;

describe('an amount', () => {
  it.each([1e-9, 1.5e-7, 0.001, 12.345, -1, 0, 1e300])('that is no sum of money is refused as such: %s', async amount => {
    const { errors } = await service.ask(county('220102'), create, { input: aDonation({ divisionCode: '220102', amount }) });
    expect(errors).toMatchObject([{ message: expect.stringMatching(/amount/), extensions: { code: 'INVALID_INPUT' } }]);
  });

  it.each([0.01, 12.34, 12_000, 1_000_000.1])('in yuan and fen is taken: %s', async amount => {
    expect(
      (await service.ask(county('220102'), create, { input: aDonation({ divisionCode: '220102', amount }) })).errors,
    ).toBeUndefined();
  });
});

describe('donation', () => {
  it("belongs to its donor's division; its county, the city and the donor see it, nobody else", async () => {
    const { id: donorOrganisationId } = await organisationIn('220102');
    const donation = await give(county('220102'), { donorOrganisationId, amount: 12_000.25 });
    expect(donation).toMatchObject({
      division: { code: '220102' },
      anonymous: false,
      donor: { __typename: 'Organisation', id: donorOrganisationId, donationTotal: 12_000.25 },
      amount: 12_000.25,
      items: [],
      valuation: null,
    });
    const { id } = donation;
    const as = (role: string, organisation?: string, division = '220102') => ({ role, division, organisation }) as any;
    for (const viewer of [county('220102'), city, as('ORGANISATION', donorOrganisationId), as('REPORTING')])
      expect((await service.get(viewer, read, { id })).donation.amount).toBe(12_000.25);
    for (const viewer of [
      county('220103'),
      as('PARTNER', donorOrganisationId),
      as('ORGANISATION', crypto.randomUUID()),
      as('AUDITOR'),
    ])
      expect((await service.get(viewer, read, { id })).donation).toBeNull();
    const input = { id, expectedVersion: 1, publishName: true };
    expect(code(await service.ask(as('ORGANISATION', donorOrganisationId), update, { input }))).toBe('FORBIDDEN');
    expect(code(await service.ask(as('REPORTING'), update, { input }))).toBe('FORBIDDEN');
  });

  it('has one donor, or none and a division of its own', async () => {
    const { id: donorOrganisationId } = await organisationIn('220102');
    const donorPersonId = await personIn('220102');
    const refused = async (overrides: object) =>
      code(await service.ask(county('220102'), create, { input: aDonation(overrides) }));
    expect(await refused({})).toBe('INVALID_INPUT');
    expect(await refused({ donorOrganisationId, divisionCode: '220102' })).toBe('INVALID_INPUT');
    expect(await refused({ donorOrganisationId, donorPersonId })).toBe('INVALID_INPUT');
    expect(await refused({ divisionCode: '220103' })).toBe('FORBIDDEN');
    expect(await give(county('220102'), { divisionCode: '220102' })).toMatchObject({ anonymous: true, donor: null });
    expect(await give(county('220102'), { donorPersonId })).toMatchObject({ donor: { __typename: 'Person', id: donorPersonId } });
    const hidden = await organisationIn('220103');
    expect(await refused({ donorOrganisationId: hidden.id })).toBe('NOT_FOUND');
  });

  it('is money with an amount, goods with items, or a service with a worth, never two of them', async () => {
    const refused = async (overrides: object) =>
      code(await service.ask(city, create, { input: aDonation({ divisionCode: '220100', ...overrides }) }));
    expect(await refused({ amount: undefined })).toBe('INVALID_INPUT');
    expect(await refused({ amount: -5 })).toBe('INVALID_INPUT');
    expect(await refused({ amount: 0.001 })).toBe('INVALID_INPUT');
    expect(await refused({ valuation: { amount: 5 } })).toBe('INVALID_INPUT');
    expect(await refused({ ...goods, amount: 5 })).toBe('INVALID_INPUT');
    expect(await refused({ ...goods, items: [] })).toBe('INVALID_INPUT');
    expect(await refused({ ...goods, items: [{ description: '口罩', quantity: -1, unit: '只' }] })).toBe('INVALID_INPUT');
    expect(await refused({ ...goods, kind: 'SERVICE' })).toBe('INVALID_INPUT');
    expect(await give(city, { divisionCode: '220100', ...goods })).toMatchObject({
      kind: 'GOODS',
      amount: null,
      items: goods.items,
      valuation: goods.valuation,
    });
    expect(await give(city, { divisionCode: '220100', kind: 'SERVICE', amount: undefined })).toMatchObject({ valuation: null });
  });

  it('is corrected by one reversal, after which every total nets out', async () => {
    const { id: donorOrganisationId } = await organisationIn('220102');
    await give(county('220102'), { donorOrganisationId, amount: 700 });
    const { id, version } = await give(county('220102'), { donorOrganisationId, ...goods });
    const input = { id, expectedVersion: version, reason: '重复录入' };
    const both = await Promise.all([1, 2].map(() => service.ask(county('220102'), reverse, { input })));
    expect(both.map(answer => code(answer) ?? 'OK').sort()).toEqual(['OK', 'VERSION_MISMATCH']);
    const { reverseDonation: reversal } = both.find(answer => !answer.errors)!.data;
    expect(reversal).toMatchObject({
      kind: 'GOODS',
      amount: null,
      items: [{ quantity: -5000 }],
      valuation: { amount: -10_000.5 },
      donatedOn: '2022-03-14',
      reversalReason: '重复录入',
      reversalOf: { id, reversed: true },
    });
    const again = async (each: string, expectedVersion: number) =>
      code(await service.ask(county('220102'), reverse, { input: { ...input, id: each, expectedVersion } }));
    expect(await again(id, version + 1)).toBe('NOT_ALLOWED');
    expect(await again(reversal.id, 1)).toBe('NOT_ALLOWED');
    const changed = { input: { id, expectedVersion: version + 1, purpose: '改' } };
    expect(code(await service.ask(county('220102'), update, changed))).toBe('NOT_ALLOWED');
    const of = `query ($where: DonationFilter) { _entities(representations: [{ __typename: "Organisation", id: "${donorOrganisationId}" }]) { ... on Organisation { donationTotal donations(where: $where) { totalCount } } } }`;
    const count = async (where?: object) => (await service.get(city, of, { where }))._entities[0];
    expect(await count()).toEqual({ donationTotal: 700, donations: { totalCount: 3 } });
    expect((await count({ inReversal: false })).donations.totalCount).toBe(1);
    expect((await count({ inReversal: true })).donations.totalCount).toBe(2);
    const { donation } = await service.get(city, `query ($id: ID!) { donation(id: $id) { history { kind reason } } }`, { id });
    expect(donation.history[0]).toEqual({ kind: 'UPDATED', reason: '重复录入' });
  });

  it('has a receipt number that is unique in the division that issued it, and changes apart from its figures', async () => {
    const receiptNo = 'CC-2022-001';
    const { id, version } = await give(county('220102'), { divisionCode: '220102', receiptNo });
    const taken = { input: aDonation({ divisionCode: '220102', receiptNo }) };
    expect(code(await service.ask(county('220102'), create, taken))).toBe('CONFLICT');
    await give(county('220103'), { divisionCode: '220103', receiptNo });
    const input = { id, expectedVersion: version, purpose: null, publishName: true, receiptNo: 'CC-2022-002' };
    expect((await service.get(county('220102'), update, { input })).updateDonation).toEqual({
      version: version + 1,
      purpose: null,
      receiptNo: 'CC-2022-002',
      publishName: true,
      amount: 12_000,
    });
    expect(code(await service.ask(county('220102'), update, { input }))).toBe('VERSION_MISMATCH');
    expect(code(await service.ask(county('220102'), create, taken))).toBeUndefined();
  });

  it('moves with its donor, even where the receipt number is taken', async () => {
    const donor = await organisationIn('220105');
    const { id } = await give(county('220105'), { donorOrganisationId: donor.id, receiptNo: '7' });
    await give(county('220106'), { divisionCode: '220106', receiptNo: '7' });
    const move = `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`;
    const moved = { id: donor.id, expectedVersion: donor.version, divisionCode: '220106', movedOn: '2023-03-01', reason: '迁址' };
    await owner.get(city, move, { input: moved });
    await caughtUp(service, programs.follows![0]!, owner);
    expect((await service.get(county('220105'), read, { id })).donation).toBeNull();
    expect((await service.get(county('220106'), read, { id })).donation.division.code).toBe('220106');

    const donorPersonId = await personIn('220105');
    const personal = await give(county('220105'), { donorPersonId });
    await asOwner('update person set division_code = $2 where id = $1', [donorPersonId, '220106']);
    expect((await service.get(county('220105'), read, { id: personal.id })).donation).toBeNull();
    expect((await service.get(county('220106'), read, { id: personal.id })).donation).not.toBeNull();
  });

  it('is listed by kind, day and text, other slices left out, in as many statements for thirty as for two', async () => {
    const division = '220112';
    await give(county('220113'), { divisionCode: '220113' });
    const { id: donorOrganisationId } = await organisationIn(division);
    const donorPersonId = await personIn(division);
    const query = `query ($where: DonationFilter) { donations(where: $where, orderBy: DONATED_ASC) { totalCount nodes { donatedOn amount valuation { amount } items { quantity } donor { ... on Organisation { id donationTotal donations(first: 3) { nodes { amount valuation { amount } items { quantity } } } } ... on Person { id people: donations { totalCount } } } } } }`;
    const plant = async (count: number) => {
      for (let i = 0; i < count; i += 2) {
        await give(county(division), {
          donorOrganisationId: i ? donorOrganisationId : (await organisationIn(division)).id,
          ...goods,
        });
        await give(county(division), { donorPersonId: i ? donorPersonId : await personIn(division), donatedOn: '2022-03-15' });
      }
    };
    await plant(4);
    const few = await service.ask(county(division), query);
    await plant(26);
    const many = await service.ask(county(division), query);
    expect(many.data.donations.totalCount).toBe(30);
    expect(many.statements).toBe(few.statements);
    const [first] = few.data.donations.nodes;
    expect(first.donor.donations.nodes[0]).toEqual({
      amount: null,
      valuation: { amount: 10_000.5 },
      items: [{ quantity: 5000 }],
    });
    const count = async (where: object) => (await service.get(county(division), query, { where })).donations.totalCount;
    expect(await count({ kind: 'MONEY' })).toBe(15);
    expect(await count({ from: '2022-03-15', to: '2022-03-16' })).toBe(15);
    expect(await count({ search: '慈善' })).toBe(30);
    expect(await count({ division: '220113' })).toBe(0);
  });
});
