import { compareKey } from '@hub/kit/compare-key';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { oneWriter } from '@hub/kit/imports/one-writer';
import { knownDivision } from '../division/known-division.ts';
import { Program } from '../program/program.ts';
import { checkSessionTimes } from './check-session-times.ts';
import type { CreateSession } from './session.input.ts';
import { Session, SessionState } from './session.ts';

/** The same class twice would be counted twice. Ledgers take turns with this, so neither sees half of the other. */
async function refuseRepeated(
  { em }: Context,
  program: string,
  { divisionCode, startsAt, venue }: Omit<CreateSession, 'programId'>,
): Promise<void> {
  await oneWriter(em, 'sessions', divisionCode);
  const others = await em.find(Session, { program, divisionCode, startsAt, state: { $ne: SessionState.CANCELLED } });
  const same = others.find(other => compareKey(other.venue) === compareKey(venue));
  if (same)
    throw new HubError(
      'CONFLICT',
      `venue: this program has a session there at that time already (${same.id}): change that one, or name the venue more exactly (该项目此时此地已有活动).`,
    );
}

/** Plans a session. A county may hold sessions of a program of its own or of one that is published to it. */
export async function createSession(context: Context, { programId, ...input }: CreateSession): Promise<Session> {
  const { em, viewer } = context;
  if (viewer.role !== 'COMMITTEE') throw new HubError('FORBIDDEN', 'A committee plans sessions.');
  const program = await em.findOneOrFail(Program, programId);
  await knownDivision(context, input.divisionCode);
  await refuseRepeated(context, programId, input);
  const session = em.create(Session, { ...input, program });
  checkSessionTimes(session, program);
  await em.flush();
  return session;
}
