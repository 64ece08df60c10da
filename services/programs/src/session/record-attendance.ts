import { forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import type { RecordAttendance } from './session.input.ts';
import { Session, SessionState } from './session.ts';

/**
 * Says who came, which makes the session HELD. The one change a partner may make: row security lets it update the sessions of its
 * programs, and nothing but this function writes as a partner.
 */
export async function recordAttendance({ em, viewer }: Context, input: RecordAttendance): Promise<Session> {
  const { sessionId, expectedVersion, seniors, volunteers } = input;
  const session = await forChange(em, Session, sessionId, expectedVersion);
  if (viewer.role !== 'COMMITTEE' && viewer.role !== 'PARTNER')
    throw new HubError('FORBIDDEN', 'A committee or a partner of the program records who came.');
  if (session.state === SessionState.CANCELLED) throw new HubError('NOT_ALLOWED', 'The session was cancelled.');
  if (session.startsAt > new Date()) throw new HubError('NOT_ALLOWED', 'The session has not begun.');
  em.assign(session, { state: SessionState.HELD, seniors, volunteers });
  await em.flush();
  return session;
}
