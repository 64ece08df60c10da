import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { comparison, dashboard } from './journeys.ts';
import { manyOrganisations } from './many-organisations.ts';
import { type TestHub, testHub } from './test-hub.ts';

const district = '220104';

/** Brings so many organisations into one district, each with its figures and half of them with a branch. */
async function enter(hub: TestHub, rows: number) {
  const token = await hub.token({ role: 'COMMITTEE', division: district });
  const body = manyOrganisations(rows, [district]);
  const response = await fetch(`${hub.url}/imports/organisations?name=${rows}.csv`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await response.json()).toMatchObject({ import: { state: 'APPLIED', rowCount: rows } });
}

describe('statements of an operation', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ sample: false, together: true });
  }, 600_000);
  afterAll(() => hub?.stop());

  it('are as many over 500 organisations as over 5', async () => {
    const county = { role: 'COMMITTEE', division: district } as const;
    const everything = dashboard.replaceAll(/first: \d+/g, 'first: 200');
    const count = async () => {
      const [first, second] = [
        await hub.ask(county, everything, { division: district }),
        await hub.ask(county, comparison, { division: '220100' }),
      ];
      expect([first.errors, second.errors]).toEqual([undefined, undefined]);
      return {
        organisations: first.data.division.organisations.totalCount,
        dashboard: first.statements,
        comparison: second.statements,
      };
    };
    await enter(hub, 5);
    const few = await count();
    await enter(hub, 500);
    const many = await count();
    expect(few.organisations).toBe(5);
    expect(many.organisations).toBe(500);
    expect(few.dashboard).toBeGreaterThan(10);
    expect({ ...many, organisations: 0 }).toEqual({ ...few, organisations: 0 });
  }, 600_000);
});
