import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { ownForChange } from '../division/own-for-change.ts';
import { checkProgramDates } from './check-program-dates.ts';
import type { UpdateProgram } from './program.input.ts';
import { Program, ProgramState } from './program.ts';

const next: Record<ProgramState, ProgramState | undefined> = {
  PLANNED: ProgramState.ACTIVE,
  ACTIVE: ProgramState.ENDED,
  ENDED: undefined,
};

/** Changes a program. Its state goes PLANNED, ACTIVE, ENDED, one step at a time and never back. */
export async function updateProgram(context: Context, { id, expectedVersion, ...changes }: UpdateProgram): Promise<Program> {
  const program = await ownForChange(context, Program, id, expectedVersion);
  if (changes.state && changes.state !== program.state && changes.state !== next[program.state as ProgramState])
    throw new HubError('NOT_ALLOWED', `A program in state ${program.state} does not become ${changes.state}.`);
  context.em.assign(program, changes, { ignoreUndefined: true });
  checkProgramDates(program);
  await context.em.flush();
  return program;
}
