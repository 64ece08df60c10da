import { HubError } from '@hub/kit/errors';
import { type Program, ProgramState } from '../program/program.ts';
import type { Session } from './session.ts';

const dayInChina = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** A session ends after it begins, and an ended program has none after its last day. */
export function checkSessionTimes({ startsAt, endsAt }: Session, program: Program | null): void {
  if (endsAt && endsAt <= startsAt) throw new HubError('INVALID_INPUT', 'endsAt: after startsAt.');
  if (program?.state === ProgramState.ENDED && dayInChina(startsAt) > program.endsOn!)
    throw new HubError('NOT_ALLOWED', `The program ended on ${program.endsOn}; it has no session after that day.`);
}
