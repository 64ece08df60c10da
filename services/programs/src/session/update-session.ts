import { becauseOf } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { knownDivision } from '../division/known-division.ts';
import { ownForChange } from '../division/own-for-change.ts';
import { Program } from '../program/program.ts';
import { checkSessionTimes } from './check-session-times.ts';
import type { CancelSession, UpdateSession } from './session.input.ts';
import { Session, SessionState } from './session.ts';

async function plannedForChange(context: Context, id: string, expectedVersion: number): Promise<Session> {
  const session = await ownForChange(context, Session, id, expectedVersion);
  if (session.state !== SessionState.PLANNED)
    throw new HubError('NOT_ALLOWED', `The session is ${session.state}; only a planned one can be changed or cancelled.`);
  return session;
}

/** Changes a planned session; what was held or cancelled stays as it was. */
export async function updateSession(context: Context, { id, expectedVersion, ...changes }: UpdateSession): Promise<Session> {
  const session = await plannedForChange(context, id, expectedVersion);
  if (changes.divisionCode) await knownDivision(context, changes.divisionCode);
  context.em.assign(session, changes, { ignoreUndefined: true });
  checkSessionTimes(session, await context.load(Program, session.program.id));
  await context.em.flush();
  return session;
}

export async function cancelSession(context: Context, { id, expectedVersion, reason }: CancelSession): Promise<Session> {
  const session = await plannedForChange(context, id, expectedVersion);
  await becauseOf(context.em, reason);
  context.em.assign(session, { state: SessionState.CANCELLED, cancelReason: reason });
  await context.em.flush();
  return session;
}
