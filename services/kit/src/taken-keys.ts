import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Context } from './context.ts';
import { HubError } from './errors.ts';
import { log } from './log.ts';
import { Lru } from './lru.ts';
import type { Viewer } from './viewer.ts';

/** Keys that are unique in the whole city tell, when refused, that somebody somewhere has them: so often an hour each viewer may be told. */
export const mostTold = 200;
const hour = 3_600_000;

/** The database's word, or the same told in the words of a rule. */
export const isTakenKey = (error: unknown): boolean =>
  error instanceof UniqueConstraintViolationException || (error instanceof Error && isTakenKey(error.cause));

interface Told {
  count: number;
  until: number;
}
const told = new Lru<string, Told>(5_000);

const toldTo = ({ actor }: Viewer): Told => {
  const known = told.get(actor);
  return known && known.until > Date.now() ? known : { count: 0, until: Date.now() + hour };
};

/** Before a change is tried: whoever was told of too many taken keys has to wait. */
export function assertMayCollide(viewer: Viewer): void {
  const { count, until } = toldTo(viewer);
  if (count < mostTold) return;
  const seconds = Math.ceil((until - Date.now()) / 1000);
  throw new HubError(
    'LIMIT_EXCEEDED',
    `${count} of your changes met a key that is taken, the most in an hour: try again in ${seconds} s, or ask the committee above (主键冲突过多，请稍后再试).`,
    { reason: 'TAKEN_KEYS' },
  );
}

/** Notes that a viewer was told of keys that are taken, in the log and in what is left to them. */
export function noteTaken(viewer: Viewer, requestId: string, keys: number): void {
  const { count, until } = toldTo(viewer);
  told.set(viewer.actor, { count: count + keys, until });
  const { actor, division } = viewer;
  const withinTheHour = count + keys;
  const level = withinTheHour < mostTold ? 'info' : 'warn';
  log[level]({ actor, division, requestId, keys, withinTheHour }, 'told that a key is taken');
}

/** Of one file so many rows may be told at most. */
const mostOfFile = 20;

/** Rows of a file that is being applied whose keys are taken outside the slice: a few are told one by one, many only as a whole. */
export function tellTaken({ viewer, request }: Pick<Context, 'viewer' | 'request'>, rows: number): void {
  if (rows === 0) return;
  noteTaken(viewer, request.requestId, Math.min(rows, mostOfFile));
  if (rows > mostOfFile)
    throw new HubError(
      'LIMIT_EXCEEDED',
      `More than ${mostOfFile} rows have a key that is taken outside your slice: ask the committee above to compare the file (主键在其他属地已存在的行过多，请联系上级委员会核对).`,
      { reason: 'TAKEN_KEYS' },
    );
}
