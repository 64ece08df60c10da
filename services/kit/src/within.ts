import { HubError } from './errors.ts';
import { contains, interval, isDivisionCode, type Viewer } from './viewer.ts';

/** The condition "belongs to this division or one below it". A filter for the reader; the slice itself is row security. */
export function within(code: string): { divisionCode: { $gte: string; $lt: string } } {
  if (!isDivisionCode(code))
    throw new HubError('INVALID_INPUT', `"${code}" is no division code: 6 digits of GB/T 2260, such as 220102.`);
  const { from, to } = interval(code);
  return { divisionCode: { $gte: from, $lt: to } };
}

/**
 * Whether a viewer may be given figures of a division: those of a part of it would pass for the whole. Who reads no living rows, such as an
 * auditor, would be told 0.
 */
export const holds = ({ role, division }: Viewer, code: string) =>
  (role === 'COMMITTEE' || role === 'REPORTING') && contains(division, code);

/** Whether a viewer reads no living rows at all: what is counted or summed for them would be 0, and is null. */
export const readsNoRows = ({ role }: Pick<Viewer, 'role'>) => role === 'AUDITOR' || role === 'SERVICE';
