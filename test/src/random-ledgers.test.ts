import { anOrganisation } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { postLedger } from './post-ledger.ts';
import { knownYear } from './random-ledgers/known-data.ts';
import { fileOf, typed } from './random-ledgers/written.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { allScopes, county } from './test-tokens.ts';

const scopes = [...allScopes, 'people:personal'];
const prefixes: Record<string, string> = {
  organisations: 'Organisation',
  members: 'People',
  donations: 'Program',
  content: 'Campaign',
  sessions: 'Program',
};
const counties = ['220102', '220103', '220104', '220105', '220106'];
const program = '我来教您用手机（第一期）';
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ sample: false, together: true });
  for (const division of counties) {
    const viewer = { ...county(division), scopes };
    const { createOrganisation: lead } = await hub.get(
      viewer,
      `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`,
      { input: anOrganisation({ divisionCode: division }) },
    );
    await hub.get(viewer, `mutation ($input: CreateProgram!) { createProgram(input: $input) { id } }`, {
      input: { name: program, startsOn: '2022-09-01', leadOrganisationId: lead.id },
    });
  }
}, 120_000);
afterAll(() => hub?.stop());

const asked = `query ($d: String!) { division(code: $d) {
  organisationFigures { organisations employees outputValue soloBranches jointBranches }
  peopleFigures { people members probationaryMembers }
  campaignFigures { articles reads }
  programFigures { sessionsHeld seniors donatedTotal }
} }`;

describe('a year of ledgers, typed in any form', () => {
  it('gives the figures of what was meant, changes nothing the second time, and leaves nothing once it is taken back', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async gen => {
        const number = (least: number, most: number) => gen(fc.integer, { min: least, max: most });
        const choose = (most: number) => number(0, Math.max(0, most));
        const division = counties[run++ % counties.length]!;
        const viewer = { ...county(division), scopes };
        const { ledgers, figures } = knownYear((...from) => from[choose(from.length - 1)]!, number, division, program);
        const told = async () => (await hub.get(viewer, asked, { d: division })).division;
        const before = await told();
        const applied: [string, string][] = [];
        for (const round of ['first', 'again'])
          for (const ledger of ledgers) {
            const rows = typed(ledger, choose);
            const { form, bytes } = await fileOf(rows, choose);
            const { batch, error } = await postLedger(hub, viewer, ledger.name, bytes);
            const context = JSON.stringify({
              ledger: ledger.name,
              form,
              round,
              error,
              problems: batch?.problems.slice(0, 3),
              rows: rows.slice(0, 4),
            });
            const { created, updated, unchanged } = batch?.counts ?? {};
            expect([context, batch?.state, created, updated + unchanged]).toEqual([
              context,
              'APPLIED',
              round === 'first' ? ledger.rows.length : 0,
              round === 'first' ? 0 : ledger.rows.length,
            ]);
            if (round === 'again') expect([context, updated]).toEqual([context, 0]);
            applied.push([ledger.name, batch.id]);
          }
        const lead = { ...figures.organisationFigures, organisations: figures.organisationFigures.organisations + 1 };
        expect(await told()).toEqual({ ...figures, organisationFigures: lead });
        for (const [ledger, id] of applied.reverse())
          await hub.get(viewer, `mutation ($input: RevertImport!) { revert${prefixes[ledger]}Import(input: $input) { state } }`, {
            input: { id, reason: '逐一撤销' },
          });
        expect(await told()).toEqual(before);
      }),
      {
        numRuns: Number(process.env.HUB_RANDOM_LEDGERS ?? 3),
        endOnFailure: true,
        ...(process.env.HUB_SEED && { seed: Number(process.env.HUB_SEED) }),
      },
    );
  }, 300_000);
});
