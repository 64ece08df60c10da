import type { TestHub } from './test-hub.ts';

/** A claim of each division to an organisation of its neighbour. */
export async function plantClaims(hub: TestHub, divisions: string[]): Promise<void> {
  for (const [i, division] of divisions.entries()) {
    const neighbour = { role: 'COMMITTEE', division: divisions[(i + 1) % divisions.length]! } as const;
    const { organisations } = await hub.get(neighbour, '{ organisations(first: 1) { nodes { creditCode } } }');
    await hub.get(
      { role: 'COMMITTEE', division },
      'mutation ($input: ClaimOrganisation!) { claimOrganisation(input: $input) { id } }',
      { input: { creditCode: organisations.nodes[0].creditCode, reason: '已迁入本区' } },
    );
  }
}
