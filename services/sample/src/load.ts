import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildChangchun, type SampleCity } from './changchun.ts';
import { Clerk, type SampleDoor } from './door.ts';
import { loadOffices } from './load-offices.ts';
import { loadPrograms } from './load-programs.ts';
import { loadSelection } from './load-selection.ts';
import { writeLedgers } from './write-ledgers.ts';

/** Nothing on file, or a load of the sample that was interrupted. */
async function isWanted(clerk: Clerk, { federation, selection }: SampleCity): Promise<boolean> {
  const query = `query ($federation: String!) { organisations(first: 0) { totalCount } awards(first: 0) { totalCount } federation: organisation(creditCode: $federation) { id } }`;
  type State = { organisations: { totalCount: number }; awards: { totalCount: number }; federation: object | null };
  const { organisations, awards, federation: begun } = await clerk.ask<State>(query, { federation: federation.creditCode });
  const conferred = selection.nominees.filter(({ outcome }) => outcome === 'AWARDED').length;
  return organisations.totalCount === 0 || (begun !== null && awards.totalCount < conferred);
}

/** Brings the sample city into an empty hub: ledgers through imports, the rest through mutations. */
export async function loadSample(door: SampleDoor): Promise<void> {
  const city = buildChangchun();
  const clerk = await Clerk.at(door, city.city.code);
  if (!(await isWanted(clerk, city))) return;
  door.progress('Loading the sample city 正在载入示例城市');
  const offices = await loadOffices(clerk, city);
  const directory = await mkdtemp(join(tmpdir(), 'hub-ledgers-'));
  try {
    const files = await writeLedgers(directory);
    for (const { ledger, file } of files) {
      // Sessions need their programs; these need the organisations.
      if (ledger === 'sessions') await loadPrograms(clerk, city, offices);
      door.progress(`  ${ledger}: ${await clerk.import(ledger, file)} rows 行`);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  await loadSelection(clerk, city, offices);
  door.progress(`  selection: ${city.selection.nominees.length} nominations 项推荐`);
}
