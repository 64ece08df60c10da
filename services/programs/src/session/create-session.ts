import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { knownDivision } from '../division/known-division.ts';
import { Program } from '../program/program.ts';
import { checkSessionTimes } from './check-session-times.ts';
import type { CreateSession } from './session.input.ts';
import { Session } from './session.ts';

/** Plans a session. A county may hold sessions of a program of its own or of one that is published to it. */
export async function createSession(context: Context, { programId, ...input }: CreateSession): Promise<Session> {
  const { em, viewer } = context;
  if (viewer.role !== 'COMMITTEE') throw new HubError('FORBIDDEN', 'A committee plans sessions.');
  const program = await em.findOneOrFail(Program, programId);
  await knownDivision(context, input.divisionCode);
  const session = em.create(Session, { ...input, program });
  checkSessionTimes(session, program);
  await em.flush();
  return session;
}
