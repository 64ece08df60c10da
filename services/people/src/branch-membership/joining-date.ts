import { wrong } from '@hub/kit/imports/cell-problem';
import { todayInChina } from '@hub/kit/possible-date';

/** The party was founded on it. */
const founded = '1921-07-01';
const ofAge = 18;

/** A date on which somebody may have joined the party, of the year of birth where it is known. */
export function checkJoiningDate(joinedOn: string, birthYear?: number | null): string {
  if (joinedOn < founded) throw wrong('JOINED_TOO_EARLY', { value: joinedOn, least: founded });
  if (joinedOn > todayInChina()) throw wrong('DATE_IN_FUTURE', { value: joinedOn });
  if (birthYear && Number(joinedOn.slice(0, 4)) - birthYear < ofAge)
    throw wrong('JOINED_UNDER_AGE', { value: joinedOn, year: birthYear, age: ofAge });
  return joinedOn;
}
