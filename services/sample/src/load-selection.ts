import type { SampleCity } from './changchun.ts';
import type { Clerk } from './door.ts';
import type { Offices } from './load-offices.ts';

interface Versioned {
  id: string;
  version: number;
}
interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

async function all<T>(clerk: Clerk, field: string, selection: string): Promise<T[]> {
  const rows: T[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const query = `query ($after: String) { page: ${field}(first: 200, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`;
    const { page } = await clerk.ask<{ page: Page<T> }>(query, { after });
    rows.push(...page.nodes);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return rows;
}

/** The selection of good netizens: nominations, a preliminary and a final round, and the awards. */
export async function loadSelection(clerk: Clerk, { selection }: SampleCity, { cityCommittee }: Offices): Promise<void> {
  const { rounds, nominees } = selection;
  const people = await all<{ id: string; phone: string }>(clerk, 'people', 'id phone');
  const branches = await all<{ id: string; name: string }>(clerk, 'branches', 'id name');
  const personOf = new Map(people.map(({ id, phone }) => [phone, id]));
  const branchOf = new Map(branches.map(({ id, name }) => [name, id]));

  const campaign = {
    organiserId: cityCommittee,
    title: selection.title,
    kind: 'SELECTION',
    startsOn: rounds[0]!.opensOn,
    endsOn: rounds.at(-1)!.closesOn,
    publishedDownward: true,
  };
  const [created] = await clerk.each<Versioned>('createCampaign', 'CreateCampaign', [campaign], '{ id version }');
  const campaignId = created!.id;
  const [opened] = await clerk.each<Versioned>(
    'openCampaign',
    'CampaignStateChange',
    [{ id: campaignId, expectedVersion: created!.version }],
    '{ id version }',
  );
  const planned = rounds.map(({ kind, opensOn, closesOn, quota }) => ({
    campaignId,
    kind,
    quota,
    opensAt: `${opensOn}T00:00:00+08:00`,
    closesAt: `${closesOn}T23:59:59+08:00`,
  }));
  const inRound = await clerk.each<Versioned>('createRound', 'CreateRound', planned, '{ id version }');
  const turn = async (field: 'openRound' | 'closeRound', n: number) => {
    const { id, version } = inRound[n]!;
    const [turned] = await clerk.each<Versioned>(
      field,
      'CampaignStateChange',
      [{ id, expectedVersion: version }],
      '{ id version }',
    );
    inRound[n] = turned!;
  };

  await turn('openRound', 0);
  const inputs = nominees.map(({ phone, nominatedBy, title, statement }) => ({
    campaignId,
    personId: personOf.get(phone),
    nominatedById: branchOf.get(nominatedBy),
    category: title,
    statement,
  }));
  let standing = await clerk.each<Versioned>('createNomination', 'CreateNomination', inputs, '{ id version }');
  const decide = async (action: string, applies: (outcome: string) => boolean) => {
    const chosen = standing.map((_, i) => i).filter(i => applies(nominees[i]!.outcome));
    const decided = await clerk.each<Versioned>(
      'decideNomination',
      'DecideNomination',
      chosen.map(i => ({ id: standing[i]!.id, expectedVersion: standing[i]!.version, action })),
      '{ id version }',
    );
    standing = standing.map((nomination, i) => decided[chosen.indexOf(i)] ?? nomination);
  };
  await decide('SUBMIT', () => true);
  await decide('ACCEPT', () => true);
  await turn('closeRound', 0);
  await turn('openRound', 1);
  await decide('ADVANCE', () => true);
  await decide('ELIMINATE', outcome => outcome === 'ELIMINATED_IN_PRELIMINARY');
  await turn('closeRound', 1);
  await turn('openRound', 2);
  await decide('ADVANCE', outcome => outcome !== 'ELIMINATED_IN_PRELIMINARY');
  await decide('ELIMINATE', outcome => outcome === 'ELIMINATED_IN_FINAL');
  const awards = nominees.flatMap(({ outcome, title, certificateNo }, i) =>
    outcome === 'AWARDED' ? [{ nominationId: standing[i]!.id, title, certificateNo, conferredOn: selection.conferredOn }] : [],
  );
  await clerk.each('conferAward', 'ConferAward', awards, '{ id }');
  await turn('closeRound', 2);
  await clerk.each('closeCampaign', 'CampaignStateChange', [{ id: campaignId, expectedVersion: opened!.version }], '{ id }');
}
