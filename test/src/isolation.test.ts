import { readFileSync } from 'node:fs';
import { defaultScopes } from '@hub/identity/scopes';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { Oracle, types, type Viewing } from './oracle.ts';
import { queryArbitrary, type Vocabulary } from './random-operations.ts';
import { foreignRows, unmaskedPersonal } from './seen.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { vocabularyOf } from './vocabulary.ts';

const operations = Number(process.env.HUB_ISOLATION_OPERATIONS ?? 2_000);

describe('isolation through the gateway', () => {
  let hub: TestHub;
  let oracle: Oracle;
  let words: Vocabulary & { organisations: { id: string; division: string }[]; partner: string };
  beforeAll(async () => {
    hub = await testHub({ sample: true });
    oracle = await Oracle.of(hub);
    words = await vocabularyOf(hub, oracle);
  }, 600_000);
  afterAll(() => hub?.stop());

  const viewing = (): fc.Arbitrary<Viewing> =>
    fc.oneof(
      fc.record({
        role: fc.constantFrom('COMMITTEE' as const, 'REPORTING' as const),
        division: fc.constantFrom(...words.divisions),
      }),
      fc
        .constantFrom(...words.organisations)
        .map(({ id, division }) => ({ role: 'ORGANISATION' as const, division, organisation: id })),
      fc
        .constantFrom(words.partner, words.organisations[0]!.id)
        .map(id => ({ role: 'PARTNER' as const, division: '220100', organisation: id })),
      fc.constantFrom(...words.divisions).map(division => ({ role: 'AUDITOR' as const, division })),
    );

  it(`shows no foreign row and no personal field in ${operations} random operations`, async () => {
    const schema = buildSchema(readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'), {
      assumeValidSDL: true,
    });
    let seen = 0;
    let refused = 0;
    const check = async (viewer: Viewing, query: string) => {
      const { data, errors } = await hub.ask({ ...viewer, scopes: [...defaultScopes('COMMITTEE')] }, query);
      for (const error of errors ?? []) {
        if (error.extensions.code === 'INTERNAL') throw new Error(`${JSON.stringify(error)}\n${query}`);
        refused++;
      }
      const rows = foreignRows(data, viewer, oracle);
      seen += rows.seen;
      const wrong = [...rows.foreign, ...unmaskedPersonal(data)];
      if (wrong.length) throw new Error(`${JSON.stringify(viewer)} saw ${JSON.stringify(wrong.slice(0, 3))} by ${query}`);
    };
    await fc.assert(fc.asyncProperty(viewing(), queryArbitrary(schema, words), check), {
      numRuns: operations,
      endOnFailure: true,
    });
    // The property means nothing when the answers are empty.
    expect(seen).toBeGreaterThan(operations);
    expect(refused).toBeLessThan(operations);
  }, 600_000);

  it('is tried on data of every type', () => {
    expect(Object.keys(types).filter(type => oracle.ids(type).length === 0)).toEqual([]);
  });

  it('lists and counts for every viewer exactly what the oracle allows', async () => {
    const lists: Record<string, string> = {
      Organisation: 'organisations',
      Committee: 'committees',
      Figure: 'figures',
      Branch: 'branches',
      Person: 'people',
      BranchMembership: 'branchMemberships',
      Post: 'posts',
      Campaign: 'campaigns',
      Nomination: 'nominations',
      Award: 'awards',
      MediaAccount: 'mediaAccounts',
      ContentItem: 'contentItems',
      Program: 'programs',
      Session: 'sessions',
      Donation: 'donations',
    };
    const viewers: Viewing[] = [
      ...['220100', '220102', '220104', '220173', '110105', '220000'].flatMap(division =>
        (['COMMITTEE', 'REPORTING'] as const).map(role => ({ role, division })),
      ),
      ...words.organisations
        .slice(0, 3)
        .map(({ id, division }) => ({ role: 'ORGANISATION' as const, division, organisation: id })),
      { role: 'PARTNER', division: '220100', organisation: words.partner },
      { role: 'AUDITOR', division: '220100' },
    ];
    const query = `{ ${Object.values(lists)
      .map(field => `${field}(first: 0) { totalCount }`)
      .join(' ')} }`;
    for (const viewer of viewers) {
      const data = await hub.get({ ...viewer, scopes: [...defaultScopes('COMMITTEE')] }, query);
      const counted = Object.fromEntries(Object.entries(lists).map(([type, field]) => [type, data[field].totalCount]));
      const expected = Object.fromEntries(Object.keys(lists).map(type => [type, oracle.count(viewer, type)]));
      expect({ viewer, ...counted }).toEqual({ viewer, ...expected });
    }
  });
});
