import type { SampleCity } from './changchun.ts';
import type { Clerk } from './door.ts';
import type { Offices } from './load-offices.ts';
import { symposium } from './sessions.ts';

interface Versioned {
  id: string;
  version: number;
}

/** The program with the partner charity and its online lessons, and the occasion the symposium belongs to. */
export async function loadPrograms(clerk: Clerk, { program }: SampleCity, { federation, partner }: Offices): Promise<void> {
  const { name, summary, targetGroup, startsOn, endsOn, lessons } = program;
  const taught = {
    name,
    summary,
    targetGroup,
    startsOn,
    endsOn,
    leadOrganisationId: federation,
    partnerIds: [partner],
    publishedDownward: true,
  };
  const hosted = { name: symposium.program, startsOn: symposium.date, endsOn: symposium.date, leadOrganisationId: federation };
  const entered = await clerk.each<Versioned>('createProgram', 'CreateProgram', [taught, hosted], '{ id version }');
  const active = entered.map(({ id, version }) => ({ id, expectedVersion: version, state: 'ACTIVE' }));
  await clerk.each('updateProgram', 'UpdateProgram', active, '{ id }');
  const inputs = lessons.map(lesson => ({ ...lesson, programId: entered[0]!.id }));
  await clerk.each('addLesson', 'AddLesson', inputs, '{ id }');
}
