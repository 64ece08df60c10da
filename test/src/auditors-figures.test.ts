import { randomUUID } from 'node:crypto';
import { campaigns } from '@hub/campaigns/subgraph';
import type { Subgraph } from '@hub/kit/subgraph';
import { organisations } from '@hub/organisations/subgraph';
import { people } from '@hub/people/subgraph';
import { programs } from '@hub/programs/subgraph';
import { describe, expect, it } from '@jest/globals';
import { testService } from './test-service.ts';
import { city } from './test-tokens.ts';

/** A figure of each subgraph's. */
const figures: [Subgraph, string][] = [
  [organisations, 'organisationFigures { organisations }'],
  [people, 'peopleFigures { people }'],
  [campaigns, 'campaignFigures { awards }'],
  [programs, 'programFigures { sessionsHeld }'],
];

describe('an auditor, who reads no living rows', () => {
  it.each(figures)('is told that figures are not known, and never 0 ($name)', async (subgraph, figure) => {
    const service = await testService(subgraph);
    try {
      const of = `{ _entities(representations: [{ __typename: "Division", code: "220100" }]) { ... on Division { ${figure} } } }`;
      const [name = ''] = figure.split(' ');
      const told = async (viewer: Parameters<typeof service.get>[0]) => (await service.get(viewer, of))._entities[0][name];
      expect(await told({ ...city, role: 'AUDITOR' })).toBeNull();
      expect(await told({ ...city, role: 'SERVICE' })).toBeNull();
      expect(Object.values(await told({ ...city, role: 'REPORTING' }))).toEqual([0]);
    } finally {
      await service.stop();
    }
  });

  it.each<[string, string, Subgraph]>([
    ['Branch', 'memberCount', people],
    ['Organisation', 'memberCount', people],
    ['Organisation', 'donationTotal', programs],
  ])('nor that those of one row are 0 (%s.%s)', async (type, field, subgraph) => {
    const service = await testService(subgraph);
    try {
      const of = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${field} } } }`;
      const told = async (viewer: Parameters<typeof service.get>[0]) =>
        (await service.get(viewer, of, { of: [{ __typename: type, id: randomUUID() }] }))._entities[0][field];
      expect(await told({ ...city, role: 'AUDITOR' })).toBeNull();
      expect(await told({ ...city, role: 'SERVICE' })).toBeNull();
      expect(await told({ ...city, role: 'REPORTING' })).toBe(0);
    } finally {
      await service.stop();
    }
  });
});
