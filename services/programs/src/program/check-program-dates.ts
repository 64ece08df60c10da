import { datesInOrder } from '@hub/kit/dates-in-order';
import { HubError } from '@hub/kit/errors';
import { type Program, ProgramState } from './program.ts';

/** A program ends after it starts, and one that ended says when. */
export function checkProgramDates({ state, startsOn, endsOn }: Program): void {
  datesInOrder({ startsOn, endsOn }, 'startsOn', 'endsOn');
  if (state === ProgramState.ENDED && !endsOn)
    throw new HubError('INVALID_INPUT', 'endsOn: an ended program needs its last day.');
}
