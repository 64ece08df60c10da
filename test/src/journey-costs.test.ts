import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestHub, testHub } from './test-hub.ts';
import type { Claims } from './test-tokens.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: true });
}, 600_000);
afterAll(() => hub?.stop());

const document = (name: string) => readFileSync(new URL(`../../gateway/documents/${name}.graphql`, import.meta.url), 'utf8');

/** Answered fetches so far, by subgraph. */
async function fetchesSoFar(): Promise<Map<string, number>> {
  const { '/metrics': metrics } = (await hub.observations()) as Record<string, string>;
  const counts = metrics!.matchAll(/hub_subgraph_duration_seconds_count\{subgraph="(\w+)",outcome="answered"\} (\d+)/g);
  return new Map([...counts].map(([, subgraph, count]) => [subgraph!, Number(count)]));
}

async function costOf(claims: Claims, query: string, variables: object) {
  const before = await fetchesSoFar();
  const { errors, statements } = await hub.ask(claims, query, variables);
  expect(errors).toBeUndefined();
  const made = [...(await fetchesSoFar())].map(([subgraph, count]) => [subgraph, count - (before.get(subgraph) ?? 0)] as const);
  return { fetches: Object.fromEntries(made.filter(([, count]) => count > 0)), statements };
}

const county = { role: 'COMMITTEE', division: '220104' } as const;
const city = { role: 'COMMITTEE', division: '220100' } as const;
const tool = { role: 'REPORTING', division: '220100' } as const;

/** Apollo's executor asks for the entities of each place by themselves. */
const apollos: Record<string, [object, number]> = {
  'county-dashboard': [{ organisations: 2, people: 3, campaigns: 2, programs: 2 }, 44],
  'people-list': [{ organisations: 2, people: 1 }, 10],
};

/** More of either than here is a slower hub: find out why before changing a number. */
describe('what a journey costs', () => {
  it.each([
    ['county-dashboard', county, { division: '220104' }, { organisations: 2, people: 1, campaigns: 1, programs: 1 }, 36],
    ['city-comparison', city, { division: '220100' }, { organisations: 1, people: 1, campaigns: 1, programs: 1 }, 14],
    ['organisation-list', county, {}, { organisations: 1, people: 1 }, 9],
    ['people-list', county, {}, { organisations: 1, people: 1 }, 8],
    ['award-list', city, {}, { organisations: 1, campaigns: 1 }, 7],
    ['partner-programs', city, {}, { programs: 1 }, 7],
    ['reporting-figures', tool, { division: '220100' }, { organisations: 1, people: 1, campaigns: 1, programs: 1 }, 13],
    [
      'reporting-figures',
      tool,
      { division: '220100', asOf: '2023-06-01T00:00:00+08:00' },
      { organisations: 1, people: 1, campaigns: 1, programs: 1 },
      // In each subgraph one more: how late a moment is whole.
      17,
    ],
  ] as [string, Claims, object, object, number][])(
    '%s, in fetches and SQL statements',
    async (name, claims, variables, planned, statements) => {
      const [fetches, sql] = (process.env.HUB_EXECUTOR === 'apollo' && apollos[name]) || [planned, statements];
      expect(await costOf(claims, document(name), variables)).toEqual({ fetches, statements: sql });
    },
  );
});
